# Random async programs, stock against pruned: the same ones every time, and some of a fresh seed.
# docs/fuzzing.md has the rest. Sourced by ./test.
# shellcheck shell=bash

# fuzzed NAME WORK STOCK ARGUMENT...: passes when no program differs, and no more crates stay stock than
# the pattern STOCK allows.
fuzzed() {
  local name=$1 folder=$cache/fuzz-$2 stock=$3
  shift 3
  if bench/fuzz --work "$folder" "$@" > "$work/fuzz.log" 2>&1 &&
    grep -Eq " $stock crates stayed stock; 0 programs differ" "$work/fuzz.log"; then
    grep 'stayed stock: ' "$work/fuzz.log"
    passed "$name leave the trace of stock"
  else
    failed "$name leave the trace of stock" "$work/fuzz.log"
  fi
}

fuzz_seed=$(date +%s)
if command -v cargo > /dev/null; then
  fuzzed '40 random programs' host 0 --seed 1 --programs 40
  # What nobody has looked at may have a reason to stay stock, such as a deeper stack; it is shown.
  fuzzed "20 random programs of seed $fuzz_seed" host '[01]' --seed "$fuzz_seed" --programs 20
else
  skipped 'fuzz: no cargo'
fi
if has_bare_metal; then
  before=$PATH
  bare_metal
  export CARGO_FLAGS=-Zbuild-std=core,alloc
  fuzzed '20 random programs for thumbv7m' thumb 0 --target thumb --seed 2 --programs 20
  fuzzed '20 random programs for riscv32imac' riscv 0 --target riscv --seed 2 --programs 20
  unset RUSTC_BOOTSTRAP RUSTC CARGO CARGO_FLAGS
  PATH=$before
else
  skipped 'fuzz: no toolchain for bare-metal targets'
fi
