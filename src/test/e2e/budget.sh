# pollard diff and pollard budget on real builds: firmware stock against pruned, two revisions of a
# small program, and what the GitHub action does. Sourced by ./test.
# shellcheck shell=bash

# says NAME FILE PATTERN
says() {
  if grep -Eq -- "$3" "$2"; then passed "$1"; else failed "$1" "$2"; fi
}

# The small program that is compared with itself, in a repository of its own.
small_repository() { # FOLDER
  mkdir -p "$1/src" "$1/.cargo"
  cat > "$1/Cargo.toml" << 'EOF'
[package]
name = "tiny"
version = "0.1.0"
edition = "2021"
[profile.release]
opt-level = "z"
debug = 2
[package.metadata.pollard.budget]
flash = { max = "4M", max-growth = 0 }
[package.metadata.pollard.budget.futures]
"tiny::run" = 64
EOF
  cat > "$1/src/main.rs" << 'EOF'
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
async fn leaf(n: u32) -> u32 { std::future::ready(std::hint::black_box(n)).await }
async fn run() -> u32 { let a = leaf(1).await; a + leaf(2).await }
fn main() {
    let run = pin!(run());
    if let Poll::Ready(n) = run.poll(&mut Context::from_waker(Waker::noop())) { println!("{n}"); }
}
EOF
  # cargo would join this list with the same one of the tree above a worktree under target, and rustc
  # takes this flag only once.
  printf '[build]\nrustflags = ["--diagnostic-width=120"]\n' > "$1/.cargo/config.toml"
  echo target > "$1/.gitignore"
  (cd "$1" && git init --quiet . && git config user.name tiny && git config user.email tiny@example.org &&
    git add -A && git commit --quiet -m one &&
    sed -i 's/let a = leaf(1).await;/let held = std::hint::black_box([7u8; 100]); let a = leaf(1).await; std::hint::black_box(\&held);/' src/main.rs &&
    git commit --quiet -am two)
}

revisions() {
  local repository=$work/tiny log=$work/revisions.log
  small_repository "$repository" > "$log" 2>&1 || { failed 'the small repository is made' "$log"; return; }
  (cd "$repository" && unset CARGO_TARGET_DIR && git status --short > "$work/before" &&
    "$root/pollard" diff --rev HEAD~1..HEAD --stock) > "$log" 2>&1
  check '--rev builds and compares two revisions' test $? -eq 0
  says 'and tells which machine grew' "$log" 'tiny::run  future [0-9]+ → 1[0-9][0-9]$'
  (cd "$repository" && git status --short && git worktree list) > "$work/after" 2>&1
  check 'nothing is left in the repository' test "$(wc -l < "$work/after")" -eq 1
  check 'nor in the target folder but what cargo built' test "$(ls "$repository/target/pollard/diff")" = build
  (cd "$repository" && unset CARGO_TARGET_DIR && "$root/pollard" diff --rev nowhere..HEAD --stock) > "$log" 2>&1
  check 'a revision that is not there ends with 101' test $? -eq 101
  says 'and one line that names it' "$log" '^error: --rev: there is no revision nowhere$'
}

# What stands in for gh: keeps what it was asked, answers with the comment that is there.
fake_gh() { # FOLDER
  mkdir -p "$1"
  cat > "$1/gh" << 'EOF'
#!/bin/bash
echo "$*" >> "$FAKE_GH.log"
case "$*" in
  *--paginate*) cat "$FAKE_GH.comments" 2> /dev/null ;;
  *) for word; do case $word in body=@*) cp "${word#body=@}" "$FAKE_GH.body" ;; esac; done ;;
esac
EOF
  chmod +x "$1/gh"
}

github_action() {
  local repository=$work/tiny log=$work/action.log bin=$work/fake summary=$work/summary.md
  local program=$repository/target/release/tiny
  fake_gh "$bin"
  # The branch that the pull request is for has the first revision's figures.
  (cd "$repository" && unset CARGO_TARGET_DIR && git checkout --quiet HEAD~1 && cargo build --quiet --release &&
    "$root/pollard" budget "$program" --save && git checkout --quiet -b main && git add pollard-budget.json &&
    git commit --quiet -m baseline && git clone --quiet --bare . "$work/origin" &&
    git remote add origin "$work/origin" && git checkout --quiet -b feature &&
    sed -i 's/let a = leaf(1).await;/let held = std::hint::black_box([7u8; 100]); let a = leaf(1).await; std::hint::black_box(\&held);/' src/main.rs &&
    cargo build --quiet --release) > "$log" 2>&1 || { failed 'the pull request is made' "$log"; return; }
  act() {
    (cd "$repository" && unset CARGO_TARGET_DIR && PATH=$bin:$PATH FAKE_GH=$work/gh GITHUB_REPOSITORY=a/b \
      GITHUB_REF=refs/pull/7/merge GITHUB_STEP_SUMMARY=$summary GITHUB_OUTPUT=$work/output \
      GITHUB_WORKSPACE=$repository POLLARD_ACTION_BUILD=no POLLARD_ACTION_FILE=$program \
      POLLARD_ACTION_BASE=main POLLARD_ACTION_SARIF=$work/budget.sarif "$root/action/run") > "$log" 2>&1
  }
  act
  check 'the action ends with 100 when the program grew' test $? -eq 100
  says 'it annotates the line of the limit' "$log" '^::error file=Cargo.toml,line=11,title=.*::future tiny'
  says 'it fills the summary of the step' "$summary" '^### ❌ tiny breaks its budget'
  says 'it writes SARIF' "$work/budget.sarif" '"ruleId" : "budget/flash"'
  says 'it sets its output' "$work/output" '^broken=true$'
  says 'it comments on the pull request' "$work/gh.log" '--method POST repos/a/b/issues/7/comments'
  says 'with who grew' "$work/gh.body" '\| \+[0-9]+ \| `tiny` \|'
  echo 42 > "$work/gh.comments"
  act
  says 'a second time it replaces its comment' "$work/gh.log" '--method PATCH repos/a/b/issues/comments/42'
}

budget_firmware() {
  local name=greenhouse target=thumbv7m-none-eabi out=$work/budget log=$work/budget.log
  stock examples/greenhouse $target $name z "$out/stock" || { failed 'greenhouse builds' "$work/stock.log"; return; }
  pruned examples/greenhouse $target $name "$out/pruned" --deny-fallback || { failed 'greenhouse builds pruned' "$work/pruned.log"; return; }
  local z p
  z=$(flash "$out/stock") p=$(flash "$out/pruned")
  ./pollard diff "$out/stock" "$out/pruned" --json > "$log" 2>&1
  says 'diff: the change is that of llvm-size' "$log" "^  \"change\" : $((p - z)),\$"
  check 'diff: so is the sum of each table that shares out the flash' \
    test "$(grep -c "^    \"change\" : $((p - z)),\$" "$log")" -eq 4
  ./pollard diff "$CARGO_TARGET_DIR/pollard/$name.json" > "$log" 2>&1
  says 'diff: a report alone is stock against pruned' "$log" 'deepest poll stack'
  local manifest=$out/Cargo.toml built=$CARGO_TARGET_DIR/$target/release/$name
  printf '[package]\nname = "g"\n[package.metadata.pollard.budget]\nchip = "LM3S6965"\nflash = %s\nstack = "8K"\n' \
    "$p" > "$manifest"
  ./pollard budget "$built" --manifest-path "$manifest" > "$log" 2>&1
  check 'budget: the pruned firmware keeps to its own size' test $? -eq 0
  says 'budget: a gauge for each region of the chip' "$log" 'RAM +\[#*·+\] [0-9,]+ of 65,536'
  ./pollard budget "$out/stock" --manifest-path "$manifest" > "$log" 2>&1
  check 'budget: the stock firmware does not' test $? -eq 100
  says 'budget: by how much' "$log" "$((z - p)) over"
  says 'budget: its stack is not known where no build tells of it' "$log" 'broken: stack cannot be checked'
  rm "$built" # a link to cargo's own file, which is to stay as it is
  cp "$out/stock" "$built"
  ./pollard budget "$built" --manifest-path "$manifest" > "$log" 2>&1
  says 'budget: what the last pollard build saved is the first way back' "$log" \
    "^ +$((z - p))  ship what pollard build makes"
}

if command -v cargo > /dev/null && command -v git > /dev/null; then
  revisions
  github_action
else
  skipped 'budget: no cargo or no git'
fi
if has_bare_metal; then
  before=$PATH
  bare_metal
  build_std=-Zbuild-std=core,alloc
  budget_firmware
  unset RUSTC_BOOTSTRAP RUSTC CARGO build_std
  PATH=$before
else
  skipped 'budget: no toolchain for bare-metal targets'
fi
