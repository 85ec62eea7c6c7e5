# What goes wrong ends with the stock artifact or one clear error. Sourced by ./test.
# shellcheck shell=bash

faults() {
  local app=$work/fault target=$work/fault-target program wrapper
  program=$target/release/fault
  mkdir -p "$app/src"
  printf '[package]\nname = "fault"\nversion = "0.1.0"\nedition = "2021"\n[profile.release]\nopt-level = "z"\n' > "$app/Cargo.toml"
  printf 'fn main() { println!("works"); }\n' > "$app/src/main.rs"
  build() {
    touch "$app/src/main.rs"
    rm -rf "$target/pollard/cache"
    (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" build "$@") > "$work/fault.log" 2>&1
  }
  stays() { # NAME WORDS
    check "$1: the stock artifact stays" grep -q "stock artifact kept: .*$2" "$work/fault.log"
    check "$1: the program works" test "$("$program")" = works
  }
  build --memory-limit 1M
  stays 'out of memory' 'memory limit'
  build --time-limit 1s --memory-limit 4G --effort max
  check 'a worker out of time: the build ends well' test "$("$program")" = works
  build --memory-limit 1M --deny-fallback
  check '--deny-fallback makes a fallback an error' test $? -ne 0
  build --memory-limit 1M --repro "$work/repro.zip"
  check '--repro packs what is needed' test -s "$work/repro.zip"

  # A worker that is killed: the search goes on without it, or stock stays.
  touch "$app/src/main.rs"
  rm -rf "$target/pollard/cache"
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" build --effort max) > "$work/fault.log" 2>&1 &
  local build=$!
  for _ in $(seq 200); do
    wrapper=$(pgrep -f "rustc-wrapper .*$target" | head -n 1)
    [ -n "$wrapper" ] && pkill -9 -P "$wrapper" -f 'dev.pollard.Main worker' && break
    sleep 0.05
  done
  wait $build
  check 'a killed worker: the build ends well' test $? -eq 0
  check 'a killed worker: the program works' test "$("$program")" = works

  # kill -9 of everything: the artifact that is there is whole, and the next build heals.
  touch "$app/src/main.rs"
  setsid bash -c "cd '$app' && CARGO_TARGET_DIR='$target' '$root/pollard' build" > "$work/fault.log" 2>&1 &
  build=$!
  sleep 2
  kill -9 -- -$build 2> /dev/null
  wait $build 2> /dev/null
  pkill -9 -f "rustc-wrapper .*$target" 2> /dev/null
  check 'kill -9: the artifact that is there works' test "$("$program")" = works
  build
  check 'kill -9: the next build heals' test "$("$program")" = works
  check 'kill -9: nothing is left' test -z "$(ls -A "$target/pollard/work" 2> /dev/null)"

  # Two builds at once in one target folder.
  touch "$app/src/main.rs"
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" build > "$work/first.log" 2>&1) &
  build=$!
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" build > "$work/second.log" 2>&1)
  check 'two builds at once: the second ends well' test $? -eq 0
  wait $build
  check 'two builds at once: the first ends well' test $? -eq 0
  check 'two builds at once: the program works' test "$("$program")" = works

  # A folder to work in that cannot be made.
  rm -rf "$target/pollard"
  touch "$target/pollard"
  build
  check 'no folder to work in: the build ends well' test "$("$program")" = works
  check 'no folder to work in: one line says so' grep -q 'cannot make a folder' "$work/fault.log"
  rm -f "$target/pollard"
}

if command -v cargo > /dev/null; then faults; else skipped 'faults: no cargo'; fi
