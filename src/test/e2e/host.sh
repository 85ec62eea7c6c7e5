# A tokio service on the host, with the toolchain on PATH: stock against pruned. Sourced by ./test.
# shellcheck shell=bash

host() {
  local program=$CARGO_TARGET_DIR/release/key-value level
  for level in z 3; do
    (cd examples/key-value && CARGO_PROFILE_RELEASE_OPT_LEVEL=$level cargo build --quiet --release) \
      > "$work/stock.log" 2>&1 || { failed "key-value builds at $level" "$work/stock.log"; return; }
    cp "$program" "$work/key-value.$level"
    (cd examples/key-value && CARGO_PROFILE_RELEASE_OPT_LEVEL=$level "$root/pollard" build) \
      > "$work/pruned.log" 2>&1 || { failed "key-value builds pruned at $level" "$work/pruned.log"; return; }
    check "key-value at $level passes its own test, pruned" timeout 120 "$program" self-test
    check "key-value at $level is not larger pruned" test \
      "$(size "$program" | awk 'NR == 2 { print $1 + $2 }')" -le \
      "$(size "$work/key-value.$level" | awk 'NR == 2 { print $1 + $2 }')"
  done
}

if command -v cargo > /dev/null; then host; else skipped 'host: no cargo'; fi
