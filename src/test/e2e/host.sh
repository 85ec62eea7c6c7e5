# A tokio service on the host, with the toolchain on PATH: stock against pruned. Sourced by ./test.
# shellcheck shell=bash

# thrifty NAME LIMIT COMMAND...: runs it in a session of its own, in which all processes together never
# have more than LIMIT MiB. Each counts with the most that it ever had, and what several share counts for
# each: the truth is less.
thrifty() {
  local name=$1 limit=$2 session now most=0 files
  shift 2
  setsid "$@" &
  session=$!
  while kill -0 $session 2> /dev/null; do
    files=$(pgrep -s $session | sed 's|.*|/proc/&/status|')
    # shellcheck disable=SC2086
    now=$(awk '/^VmHWM:/ { sum += $2 } END { print int(sum / 1024) }' $files /dev/null 2> /dev/null)
    [ "${now:-0}" -le $most ] || most=$now
    sleep 0.1
  done
  wait $session || return
  check "$name takes at most $most MiB of memory, less than $limit" test $most -gt 0 -a $most -lt "$limit"
}

host() {
  local program=$CARGO_TARGET_DIR/release/key-value level
  for level in z 3; do
    (cd examples/key-value && CARGO_PROFILE_RELEASE_OPT_LEVEL=$level cargo build --quiet --release) \
      > "$work/stock.log" 2>&1 || { failed "key-value builds at $level" "$work/stock.log"; return; }
    cp "$program" "$work/key-value.$level"
    touch examples/key-value/src/*.rs
    thrifty "a build of key-value at $level" 2048 env -C examples/key-value CARGO_PROFILE_RELEASE_OPT_LEVEL=$level \
      POLLARD_KEEP_CAPTURE="$work/capture.$level" bash -c "'$root/pollard' build > '$work/pruned.log' 2>&1" ||
      { failed "key-value builds pruned at $level" "$work/pruned.log"; return; }
    parity "key-value at $level" "$work/capture.$level/key-value"
    check "key-value at $level passes its own test, pruned" timeout 120 "$program" self-test
    check "key-value at $level is not larger pruned" test \
      "$(size "$program" | awk 'NR == 2 { print $1 + $2 }')" -le \
      "$(size "$work/key-value.$level" | awk 'NR == 2 { print $1 + $2 }')"
  done
}

# What a program says when it panics, and where: each way to panic, caught.
panics() {
  local program=$CARGO_TARGET_DIR/release/panics folder=src/test/e2e/programs/panics
  (cd $folder && CARGO_PROFILE_RELEASE_OPT_LEVEL=z cargo build --quiet --release) \
    > "$work/stock.log" 2>&1 || { failed 'panics builds' "$work/stock.log"; return; }
  "$program" > "$work/panics.stock" 2>&1
  (cd $folder && CARGO_PROFILE_RELEASE_OPT_LEVEL=z "$root/pollard" build) \
    > "$work/pruned.log" 2>&1 || { failed 'panics builds pruned' "$work/pruned.log"; return; }
  "$program" > "$work/panics.pruned" 2>&1
  check '29 panics are caught, and one in a thread' test "$(grep -c '^  caught' "$work/panics.stock")" = 29
  check 'panics name the same places, pruned' diff "$work/panics.stock" "$work/panics.pruned"
  check 'the places were packed' grep -qE '^ +packed-locations +[1-9]' "$work/pruned.log"
}

if command -v cargo > /dev/null; then host; panics; else skipped 'host: no cargo'; fi
