# pollard advise on real programs, run and measured: a server under load, work that computes, a tool that
# does one thing at a time, firmware with room and on a tight chip, a WebAssembly module. Sourced by ./test.
# shellcheck shell=bash

# advises NAME FILE ANSWER PROFILE: what the JSON answers.
advises() {
  if grep -q "^  \"answer\" : \"$3\",\$" "$2" && grep -q "^  \"profile\" : \"$4\",\$" "$2"; then
    passed "$1 is $3 ($4)"
  else
    failed "$1 is $3 ($4)" "$2"
  fi
}

# figure FILE NAME: its value.
figure() {
  sed -nE "/\"name\" : \"$2\",\$/{n;s/^ *\"value\" : ([^,]*),\$/\1/p;q}" "$1"
}

# within NAME VALUE LEAST MOST
within() {
  if awk -v v="${2:-x}" -v a="$3" -v b="$4" 'BEGIN { exit !(v + 0 == v && v >= a && v <= b) }'; then
    passed "$1: $2"
  else
    failed "$1 is from $3 to $4: $2"
  fi
}

advise_server() {
  local out=$work/advise.server port=$((20000 + RANDOM % 20000))
  (cd examples/key-value && "$root/pollard" advise --json --connect 127.0.0.1:$port --send 'GET a\n' \
    --connections 1200 --hold 3s -- {} serve 127.0.0.1:$port) > "$out" 2> "$work/advise.log" ||
    { failed 'key-value is advised on' "$work/advise.log"; return; }
  advises 'key-value with 1,200 connections' "$out" async io_server
  within 'all of them were open' "$(figure "$out" connections)" 1200 1200
  within 'a connection takes less than a thread' "$(figure "$out" connection.memory)" 1000 \
    "$(figure "$out" thread.memory)"
  within 'it waits' "$(figure "$out" cpu.perWait)" 0.0001 5
  (cd examples/key-value && "$root/pollard" advise --json --connect 127.0.0.1:$port --send 'GET a\n' \
    --connections 20 --hold 1s -- {} serve 127.0.0.1:$port) > "$out" 2> "$work/advise.log"
  advises 'key-value with 20 connections' "$out" threads io_server
  (cd examples/key-value && "$root/pollard" advise --json --load '"$CARGO_TARGET_DIR/release/key-value" client \
    127.0.0.1:'$port' SET colour green' -- {} serve 127.0.0.1:$port) > "$out" 2> "$work/advise.log"
  advises 'key-value under a client of its own' "$out" threads io_server
}

advise_tools() {
  local out=$work/advise.tool
  (cd examples/advise && "$root/pollard" advise --json --bin mandelbrot-tokio -- {} 1000 1000) \
    > "$out" 2> "$work/advise.log"
  advises 'mandelbrot on tokio' "$out" rayon cpu_bound
  within 'its workers never sleep for long' "$(figure "$out" stretch.longest)" 10 100000
  (cd examples/advise && "$root/pollard" advise --json --bin mandelbrot-rayon -- {} 1000 1000) \
    > "$out" 2> "$work/advise.log"
  advises 'mandelbrot on rayon' "$out" rayon cpu_bound
  (cd examples/advise && "$root/pollard" advise --json --bin word-count-tokio -- {} README.md) \
    > "$out" 2> "$work/advise.log"
  advises 'word-count on tokio' "$out" blocking simple
  within 'it is one task' "$(figure "$out" tasks)" 1 1
}

advise_mistakes() {
  local log=$work/advise.log
  (cd examples/advise && "$root/pollard" advise) > "$log" 2>&1
  check 'several programs end with 101' test $? -eq 101
  check 'and are named' grep -q '^error: cargo built several programs (.*word-count-tokio.*): name one' "$log"
  (cd examples/advise && "$root/pollard" advise --bin word-count -- {} no-such-file) > "$log" 2>&1
  check 'a run that fails ends with 101' test $? -eq 101
  check 'and is named' grep -q '^error: .*word-count no-such-file: ended with exit code 1' "$log"
  (cd examples/advise && "$root/pollard" advise --bin no-such-program) > "$log" 2>&1
  check "what cargo cannot build ends with cargo's own code" test $? -eq 101
}

advise_chips() {
  local out=$work/advise.chip
  (cd examples/greenhouse && "$root/pollard" advise --json $build_std --target thumbv7m-none-eabi) \
    > "$out" 2> "$work/advise.log" || { failed 'greenhouse is advised on' "$work/advise.log"; return; }
  advises 'greenhouse on a chip with room' "$out" async embedded
  within 'the room is that of its memory.x' "$(figure "$out" room.flash)" 262144 262144
  within 'its flash is what llvm-size says' "$(figure "$out" flash)" \
    "$(flash "$CARGO_TARGET_DIR/thumbv7m-none-eabi/release/greenhouse")" \
    "$(flash "$CARGO_TARGET_DIR/thumbv7m-none-eabi/release/greenhouse")"
  echo 'MEMORY { FLASH : ORIGIN = 0, LENGTH = 11K  RAM : ORIGIN = 0x20000000, LENGTH = 8K }' > "$work/tight.x"
  (cd examples/greenhouse && "$root/pollard" advise --json $build_std --target thumbv7m-none-eabi \
    --memory "$work/tight.x") > "$out" 2> "$work/advise.log"
  advises 'greenhouse on a tight chip' "$out" blocking embedded
  (cd examples/twins && "$root/pollard" advise --json $build_std --target thumbv7m-none-eabi \
    --bin sensor-display-async) > "$out" 2> "$work/advise.log"
  advises 'sensor-display, which does one thing at a time,' "$out" blocking embedded
  (cd examples/wasm-crawler && "$root/pollard" advise --json -Zbuild-std=std,panic_abort --lib) \
    > "$out" 2> "$work/advise.log"
  advises 'wasm-crawler without a limit' "$out" async wasm
  (cd examples/wasm-crawler && "$root/pollard" advise --json -Zbuild-std=std,panic_abort --lib --limit 51K) \
    > "$out" 2> "$work/advise.log"
  advises 'wasm-crawler over its limit' "$out" blocking wasm
}

if command -v cargo > /dev/null && [ -d /proc/self/task ]; then
  advise_server
  advise_tools
  advise_mistakes
else
  skipped 'advise: no cargo, or no /proc'
fi
if has_bare_metal; then
  before=$PATH
  bare_metal
  build_std=-Zbuild-std=core,alloc
  advise_chips
  unset RUSTC_BOOTSTRAP RUSTC CARGO build_std
  PATH=$before
else
  skipped 'advise: no toolchain for bare-metal targets'
fi
