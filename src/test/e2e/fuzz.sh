# Random async programs, stock against pruned: the same ones every time, and some of a fresh seed.
# docs/fuzzing.md has the rest. Sourced by ./test.
# shellcheck shell=bash

# fuzzed NAME WORK ARGUMENT...: passes when all programs were compared and none differs.
fuzzed() {
  local name=$1 folder=$cache/fuzz-$2
  shift 2
  if bench/fuzz --work "$folder" "$@" > "$work/fuzz.log" 2>&1 &&
    grep -q ' 0 crates stayed stock; 0 programs differ' "$work/fuzz.log"; then
    passed "$name leave the trace of stock"
  else
    failed "$name leave the trace of stock" "$work/fuzz.log"
  fi
}

fuzz_seed=$(date +%s)
if command -v cargo > /dev/null; then
  fuzzed '40 random programs' host --seed 1 --programs 40
  fuzzed "20 random programs of seed $fuzz_seed" host --seed "$fuzz_seed" --programs 20
else
  skipped 'fuzz: no cargo'
fi
if has_bare_metal; then
  before=$PATH
  bare_metal
  export CARGO_FLAGS=-Zbuild-std=core,alloc
  fuzzed '20 random programs for thumbv7m' thumb --target thumb --seed 2 --programs 20
  fuzzed '20 random programs for riscv32imac' riscv --target riscv --seed 2 --programs 20
  unset RUSTC_BOOTSTRAP RUSTC CARGO CARGO_FLAGS
  PATH=$before
else
  skipped 'fuzz: no toolchain for bare-metal targets'
fi
