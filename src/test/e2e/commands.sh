# The command line as a user sees it. Sourced by ./test.
# shellcheck shell=bash

commands() {
  local app=$work/an\ app
  check 'pollard --version' ./pollard --version
  mkdir -p "$app/src/bin"
  printf '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[profile.release]\nopt-level = "z"\n' > "$app/Cargo.toml"
  printf 'fn main() { println!("one {}", std::env::args().count()); std::process::exit(7) }\n' > "$app/src/bin/one.rs"
  printf 'fn main() { println!("two"); }\n#[test]\nfn works() { assert_eq!(1 + 1, 2); }\n' > "$app/src/bin/two.rs"
  local target=$work/app-target
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" build) > "$work/build.log" 2>&1
  check 'build of two bins in a folder with a space succeeds' test -x "$target/release/one" -a -x "$target/release/two"
  cp "$target/release/one" "$work/one.pruned"
  check 'each artifact has a report' test -f "$target/pollard/one.json" -a -f "$target/pollard/two.json"
  check 'nothing is left to clean' test -z "$(ls -A "$target/pollard/work" 2> /dev/null)"
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" build) > "$work/again.log" 2>&1
  check 'a second build says that nothing changed' grep -q 'unchanged, not pruned again' "$work/again.log"
  (cd "$app" && CARGO_TARGET_DIR=$target POLLARD_OFF=1 "$root/pollard" build) > "$work/off.log" 2>&1
  check 'POLLARD_OFF=1 gives the stock program' eval '! cmp -s "$work/one.pruned" "$target/release/one"'
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" build) > "$work/on.log" 2>&1
  check 'and without it the next build prunes' cmp "$work/one.pruned" "$target/release/one"
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" run --bin one -- a b) > "$work/run.log" 2>&1
  check "run returns the program's exit code" test $? -eq 7
  check 'run hands on arguments' grep -q '^one 3$' "$work/run.log"
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" test) > "$work/test.log" 2>&1
  check 'test runs the tests' grep -q 'test works ... ok' "$work/test.log"
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" build --effort sometimes) > "$work/usage.log" 2>&1
  check 'a wrong setting is a usage error' test $? -eq 2
  check 'the error names the option' grep -q -- '--effort' "$work/usage.log"
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" build --disable-pass lto-z) > "$work/usage.log" 2>&1
  check "to switch rustc's own LTO off is a usage error" test $? -eq 2
  check 'one line says why' eval \
    'test "$(grep -c . "$work/usage.log")" -eq 1 && grep "^error: .*lto-z.*without which there is no program" "$work/usage.log"'
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" build --bin one --disable-pass tune) > "$work/quick.log" 2>&1
  check 'to switch the search off leaves a prune without one' eval \
    'grep -q "^  flash " "$work/quick.log" && ! grep tune "$work/quick.log"'
  (cd "$app" && echo 'fn main() { let x: u8 = ""; }' > src/bin/two.rs &&
    CARGO_TARGET_DIR=$target "$root/pollard" build) > "$work/error.log" 2>&1
  check "a compile error ends with cargo's own code" test $? -eq 101
  check 'and with its words' grep -q 'mismatched types' "$work/error.log"
}

if command -v cargo > /dev/null; then commands; else skipped 'commands: no cargo'; fi
