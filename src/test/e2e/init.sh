# pollard init: plain cargo gives pruned artifacts, and undo takes it back. Sourced by ./test.
# shellcheck shell=bash

init() {
  local app=$work/init-app target=$work/init-target
  mkdir -p "$app/src" "$app/.cargo"
  printf '[package]\nname = "plain"\nversion = "0.1.0"\nedition = "2021"\n[profile.release]\nopt-level = "z"\n' > "$app/Cargo.toml"
  printf 'fn main() { println!("works"); }\n' > "$app/src/main.rs"
  printf '# ours\n[build]\njobs = 2' > "$app/.cargo/config.toml"
  cp "$app/.cargo/config.toml" "$work/config.before"
  check 'init succeeds' ./pollard init --manifest-path "$app/Cargo.toml"
  check 'init again says that it is done' ./pollard init --manifest-path "$app/Cargo.toml"
  (cd "$app" && PATH=$root:$PATH CARGO_TARGET_DIR=$target cargo build --release) > "$work/init.log" 2>&1
  check 'plain cargo build prunes, and says so in a line' grep -q '^pollard plain: .* saved' "$work/init.log"
  check 'the program works' test "$("$target/release/plain")" = works
  (cd "$app" && touch src/main.rs && CARGO_TARGET_DIR=$target cargo build --release) > "$work/init.log" 2>&1
  check 'a teammate without Pollard builds as before' test $? -eq 0
  check 'init --undo succeeds' ./pollard init --undo --manifest-path "$app/Cargo.toml"
  check 'undo leaves the file as it was, to the byte' cmp "$work/config.before" "$app/.cargo/config.toml"
  check 'undo leaves no script' test ! -e "$app/.cargo/pollard-rustc"
}

if command -v cargo > /dev/null; then init; else skipped 'init: no cargo'; fi
