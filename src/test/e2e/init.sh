# pollard init: plain cargo gives pruned artifacts, and undo takes it back. Sourced by ./test.
# shellcheck shell=bash

# plain LOG WORD...: cargo as a user without Pollard's environment calls it, with Pollard on PATH.
plain() {
  local log=$work/$1
  shift
  (cd "$app" && env -u POLLARD_HOME -u POLLARD_CHAIN -u RUSTC_WORKSPACE_WRAPPER \
    PATH="$root:$PATH" CARGO_TARGET_DIR="$target" cargo "$@") > "$log" 2>&1
}

# Everything in the project that init could touch.
state() {
  (cd "$app" && find . -path ./Cargo.lock -prune -o -type f -exec cksum {} + -o -type d -print | sort)
}

init() {
  local app="$work/an init app" target=$work/init-target code
  mkdir -p "$app/src" "$app/.cargo" "$app/member/src"
  printf '[package]\nname = "plain"\nversion = "0.1.0"\nedition = "2021"\n[workspace]\nmembers = ["member"]\n[profile.release]\nopt-level = "z"\n' > "$app/Cargo.toml"
  printf 'fn main() { println!("works"); }\n#[test]\nfn holds() { assert_eq!(1 + 1, 2); }\n' > "$app/src/main.rs"
  printf '[package]\nname = "member"\nversion = "0.1.0"\nedition = "2021"\n' > "$app/member/Cargo.toml"
  : > "$app/member/src/lib.rs"
  printf '#!/bin/sh\necho called >> "%s"\nexec "$@"\n' "$work/chained" > "$app/wrap.sh"
  chmod +x "$app/wrap.sh"
  printf '# ours\r\n[build]\r\nrustc-workspace-wrapper = "./wrap.sh" # kept\r\njobs = 2' > "$app/.cargo/config.toml"
  chmod 640 "$app/.cargo/config.toml"
  state > "$work/init.before"
  plain stock.log build --release
  cp "$target/release/plain" "$work/plain.stock"
  rm -f "$work/chained"

  (cd "$app/member" && "$root/pollard" init) > "$work/init.log" 2>&1
  check "init in a member writes into the workspace's root" test $? -eq 0 -a -x "$app/.cargo/pollard-rustc" -a ! -e "$app/member/.cargo"
  check 'init says that pollard is not on PATH' grep -q 'pollard is not on PATH' "$work/init.log"
  check "init keeps the file's mode" test "$(stat -c %a "$app/.cargo/config.toml" 2> /dev/null)" = 640
  state > "$work/init.after"
  ./pollard init --manifest-path "$app/Cargo.toml" > "$work/init.log" 2>&1
  check 'init again says that it is done' grep -q 'already' "$work/init.log"
  state > "$work/init.again"
  check 'and changes nothing' cmp "$work/init.after" "$work/init.again"

  plain init.log build --release
  check 'plain cargo build is built again, and says in one line what was saved' \
    test "$(grep -c '^pollard plain: .* saved' "$work/init.log")" -eq 1
  check 'the program is another, and works' \
    eval '! cmp -s "$work/plain.stock" "$target/release/plain" && test "$("$target/release/plain")" = works'
  check 'the wrapper that was there is called, from its own folder' test -s "$work/chained"
  (cd "$app" && touch src/main.rs)
  plain run.log run --release
  check 'plain cargo run prunes and runs' eval 'grep -q "^pollard plain" "$work/run.log" && grep -q "^works$" "$work/run.log"'
  plain test.log test --release -p plain
  check 'plain cargo test prunes and tests' eval 'grep -q "^pollard plain" "$work/test.log" && grep -q "test holds ... ok" "$work/test.log"'

  rm -f "$work/chained"
  (cd "$app" && touch src/main.rs && env -u POLLARD_HOME CARGO_TARGET_DIR="$work/mate-target" cargo build --release) > "$work/mate.log" 2>&1
  code=$?
  check 'a teammate without Pollard builds as before' eval \
    'test $code -eq 0 -a ! -e "$work/mate-target/pollard" && ! grep -q -E "^(pollard|warning)" "$work/mate.log"'
  check 'with the wrapper that was there' test -s "$work/chained"

  check 'init --undo succeeds' ./pollard init --undo --manifest-path "$app/Cargo.toml"
  state > "$work/init.undone"
  check 'undo leaves everything as it was, to the byte' cmp "$work/init.before" "$work/init.undone"
  check 'and the mode' test "$(stat -c %a "$app/.cargo/config.toml")" = 640
  plain undone.log build --release
  check 'after undo cargo gives the stock program' cmp "$work/plain.stock" "$target/release/plain"
  ./pollard init --undo --manifest-path "$app/Cargo.toml" > "$work/init.log" 2>&1
  check 'undo again says that there is nothing' grep -q "no lines of Pollard's" "$work/init.log"

  rm -r "$app/.cargo"
  state > "$work/init.before"
  PATH="$root:$PATH" ./pollard init --manifest-path "$app/Cargo.toml" > "$work/init.log" 2>&1
  check 'and nothing where it is' test "$(grep -c warning "$work/init.log")" -eq 0
  ./pollard init --undo --manifest-path "$app/Cargo.toml" > "$work/init.log" 2>&1
  state > "$work/init.undone"
  check 'undo leaves no file or folder of its own' cmp "$work/init.before" "$work/init.undone"

  mkdir "$app/.cargo"
  echo mine > "$app/.cargo/pollard-rustc"
  state > "$work/init.before"
  ./pollard init --manifest-path "$app/Cargo.toml" > "$work/init.log" 2>&1
  check "a script that is not Pollard's is refused" test $? -eq 101
  rm "$app/.cargo/pollard-rustc"
  printf 'build.jobs = 2\n' > "$app/.cargo/config.toml"
  ./pollard init --manifest-path "$app/Cargo.toml" > "$work/refused.log" 2>&1
  check 'a file that cannot be edited is refused, in one line' test $? -eq 101 -a "$(grep -c . "$work/refused.log")" -eq 1
  check 'and nothing is written' test "$(ls -A "$app/.cargo")" = config.toml -a "$(cat "$app/.cargo/config.toml")" = 'build.jobs = 2'
  ./pollard init --no-such-option > "$work/init.log" 2>&1
  check 'a wrong option is a usage error' test $? -eq 2
}

if command -v cargo > /dev/null; then init; else skipped 'init: no cargo'; fi
