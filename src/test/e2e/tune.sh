# pollard tune: what it finds, that a build replays it, on any number of workers, after an edit, and when
# the file is damaged. On a copy of the greenhouse firmware, so that the example keeps no pollard.tune.
# Sourced by ./test.
# shellcheck shell=bash

# tune_run COMMAND [FLAG...]: pollard's command on the copy; prints to $work/tune.log.
tune_run() {
  (cd "$house" && "$root/pollard" "$1" "$build_std" --target thumbv7m-none-eabi --bin greenhouse "${@:2}") \
    > "$work/tune.log" 2>&1
}

# edited PLACE: the sources are new for cargo, and another function stands before all others.
edited() {
  { cat "$house/main.rs.first"; printf '\n#[unsafe(no_mangle)]\npub extern "C" fn %s(x: u32) -> u32 { x.rotate_left(3) ^ 0x5a5a }\n' "$1"; } \
    > "$house/src/main.rs"
}

tune_says() { # NAME PATTERN
  if grep -Eq -- "$2" "$work/tune.log"; then passed "$1"; else failed "$1" "$work/tune.log"; fi
}

tune_greenhouse() {
  house=$work/examples/greenhouse
  local elf=$CARGO_TARGET_DIR/thumbv7m-none-eabi/release/greenhouse file=$house/pollard.tune
  mkdir -p "$work/examples"
  cp -r examples/board examples/greenhouse "$work/examples/"
  cp "$house/src/main.rs" "$house/main.rs.first"
  local plain found

  stock "$house" thumbv7m-none-eabi greenhouse z "$work/tune/thumbv7m/stock" || { failed 'tune: stock builds' "$work/stock.log"; return; }
  tune_run build || { failed 'tune: the program builds' "$work/tune.log"; return; }
  plain=$(flash "$elf")

  tune_run tune --trials 60 --workers 2 || { failed 'tune ends well' "$work/tune.log"; return; }
  tune_says 'tune shows how the bytes fell' '^ +time +trials +flash'
  tune_says 'tune says in words what it decided' '^  (not )?inlining `.*` at .* place'
  tune_says 'tune says where it is kept' 'kept in .*/pollard\.tune$'
  check 'the file is sorted and has its program' eval \
    'head -n 1 "$file" | grep -qx "pollard.tune 1" && grep -qx "\[bin greenhouse thumbv7m-none-eabi\]" "$file" &&
     grep -P "^(inline|apart)\t" "$file" | cut -f 2- | LC_ALL=C sort -c'
  found=$(flash "$elf")
  check "what tune found is smaller than what a build finds: $plain -> $found" test "$found" -lt "$plain"
  cp "$elf" "$work/tune/thumbv7m/tuned"
  same_under_qemu 'greenhouse, tuned' "$work/tune/thumbv7m/stock" "$work/tune/thumbv7m/tuned"

  tune_run build
  check "a build replays it: $(flash "$elf")" test "$(flash "$elf")" -eq "$found"
  check 'without a search' eval '! grep -q ": tune" "$work/tune.log"'
  check 'to the same bytes' cmp -s "$elf" "$work/tune/thumbv7m/tuned"
  tune_run build
  tune_says 'and knows it again' 'unchanged, not pruned again'

  cp "$file" "$work/tune/two-workers"
  rm "$file"
  tune_run tune --trials 60 --workers 1
  check 'one seed gives one file, with 1 and 2 workers' cmp -s "$file" "$work/tune/two-workers"

  edited added_later
  tune_run build
  local after=$(flash "$elf") stale
  mv "$file" "$work/tune/kept"
  touch "$house/src/main.rs"
  tune_run build
  stale=$(flash "$elf")
  cp "$work/tune/kept" "$file"
  check "after an edit elsewhere at least 90 % of the gain is there: $stale -> $after, $((plain - found)) before" \
    test $(((stale - after) * 10)) -ge $(((plain - found) * 9))

  sed -i 's/^\(inline\|apart\)\t/&gone_/' "$file"
  touch "$house/src/main.rs"
  tune_run build
  tune_says 'a file of another program is told' 'pollard.tune does not serve: only 0 of [0-9]+ decisions fit'
  # Both searches have a budget of time: on a busy machine one of them tries less.
  check 'and the build searches as it does without' test "$(flash "$elf")" -le $((stale + stale / 100))

  printf '<<<<<<< ours\n' >> "$file"
  touch "$house/src/main.rs"
  tune_run build
  check 'a damaged file is an error' test $? -ne 0
  tune_says 'that names the line and the way out' 'pollard.tune:[0-9]+: "<<<<<<< ours" .*run `pollard tune` again'
  rm "$file"

  # Stopped: what was found until then is in the file, and the build after it has it.
  edited added_later
  # A shell without job control lets its children ignore what Ctrl-C sends.
  (cd "$house" && exec env --default-signal=INT setsid "$root/pollard" tune "$build_std" --target thumbv7m-none-eabi \
    --bin greenhouse) > "$work/tune.log" 2>&1 &
  local job=$!
  for _ in $(seq 300); do
    [ -f "$file" ] && grep -Pq '^(inline|apart)\t' "$file" && break
    sleep 0.2
  done
  kill -INT -- "-$job"
  wait $job
  check 'stopped, it ends with 130' test $? -eq 130
  tune_says 'and says that what it found is kept' 'stopped: what was found until then is in pollard.tune'
  check 'the file is whole' eval 'grep -Pq "^(inline|apart)\t" "$file" && test -z "$(ls -A "$house" | grep tmp)"'
  tune_run build
  check "the next build has it: $(flash "$elf") against $stale" test "$(flash "$elf")" -lt "$stale"

  chmod a-w "$house"
  if [ "$(id -u)" != 0 ]; then
    tune_run tune --trials 10
    check 'a folder that cannot be written is told' grep -q 'pollard.tune' "$work/tune.log"
  fi
  chmod u+w "$house"
}

if has_bare_metal; then
  before=$PATH
  target_before=$CARGO_TARGET_DIR
  # Another greenhouse must not take the place of the one that other suites look at.
  export CARGO_TARGET_DIR=$cache/target-tune
  bare_metal
  build_std=-Zbuild-std=core,alloc
  tune_greenhouse
  check 'tune at opt-level 3 says that it has nothing to do' eval \
    '! (cd "$house" && CARGO_PROFILE_RELEASE_OPT_LEVEL=3 "$root/pollard" tune "$build_std" --target thumbv7m-none-eabi \
      --bin greenhouse --trials 5) > "$work/tune.log" 2>&1 && grep -q "no program was tuned" "$work/tune.log"'
  export PATH=$before CARGO_TARGET_DIR=$target_before
  unset RUSTC_BOOTSTRAP RUSTC CARGO build_std
else
  skipped 'tune: no toolchain with the sources of core'
fi
