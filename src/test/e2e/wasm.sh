# A WebAssembly module in Node: stock against pruned. Sourced by ./test.
# shellcheck shell=bash

wasm() {
  local module=$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/wasm_crawler.wasm
  # cargo gives a wasm module one name whatever wrapper makes it: a stock build that is fresh for
  # cargo may be the pruned module, so the sources count as changed.
  touch examples/wasm-crawler/src/*.rs
  (cd examples/wasm-crawler && "$CARGO" build --quiet --release -Zbuild-std=std,panic_abort) \
    > "$work/stock.log" 2>&1 || { failed 'wasm-crawler builds' "$work/stock.log"; return; }
  cp "$module" "$work/stock.wasm"
  # Nothing may depend on what an earlier run left.
  rm -f "$CARGO_TARGET_DIR/pollard/wasm_crawler.json"
  (cd examples/wasm-crawler && POLLARD_KEEP_CAPTURE=$work/capture \
    "$root/pollard" build -Zbuild-std=std,panic_abort) \
    > "$work/pruned.log" 2>&1 || { failed 'wasm-crawler builds pruned' "$work/pruned.log"; return; }
  cp "$module" "$work/pruned.wasm"
  parity wasm-crawler "$work/capture/wasm_crawler"
  if [ "$(stat -c %s "$work/pruned.wasm")" -lt "$(stat -c %s "$work/stock.wasm")" ]; then
    passed 'wasm-crawler is smaller pruned'
  else
    failed 'wasm-crawler is smaller pruned' "$work/pruned.log"
  fi
  node examples/wasm-crawler/run.mjs "$work/stock.wasm" > "$work/stock.out" 2>&1
  node examples/wasm-crawler/run.mjs "$work/pruned.wasm" > "$work/pruned.out" 2>&1
  check 'wasm-crawler prints the same in Node' cmp "$work/stock.out" "$work/pruned.out"
  check 'wasm-crawler prints something' test -s "$work/pruned.out"
}

if ! has_bare_metal || ! command -v node > /dev/null; then
  skipped 'wasm: no toolchain for wasm32, or no Node'
else
  before=$PATH
  bare_metal
  wasm
  unset RUSTC_BOOTSTRAP RUSTC CARGO
  PATH=$before
fi
