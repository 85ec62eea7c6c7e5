# The whole evidence, hours of it: one command after another. Sourced by ./test --long.
# shellcheck shell=bash

long=$cache/long
mkdir -p "$long"
steps=()

# step NAME COMMAND...: runs it if it was asked for; what it prints is shown, and stays in $long/NAME.log.
step() {
  local name=$1 began=$SECONDS code
  shift
  steps+=("$name")
  [ ${#wanted[@]} -eq 0 ] || [[ " ${wanted[*]} " == *" $name "* ]] || return 0
  echo "== $name: $*"
  "$@" 2>&1 | tee "$long/$name.log" | sed 's/^/  | /'
  code=${PIPESTATUS[0]}
  if [ "$code" -eq 0 ]; then
    passed "$name, $(((SECONDS - began) / 60)) minutes"
  else
    failed "$name: exit code $code; $long/$name.log has what it printed"
  fi
}

# bare NAME COMMAND...: a step that builds for bare metal.
bare() {
  if has_bare_metal; then
    bare_step() (bare_metal && CARGO_FLAGS=-Zbuild-std=core,alloc "$@")
    step "$1" bare_step "${@:2}"
  else
    skipped "$1: no toolchain for bare-metal targets"
  fi
}

# anew FOLDER COMMAND...: with a new folder as its first argument, so that nothing of another Pollard is there.
anew() {
  rm -rf "${1:?}"
  "$2" "$1"
}

fresh=$(date +%s)
step suites env WORK="$cache/suites" bench/suites
step fuzz bench/fuzz --work "$long/fuzz" --seed 1 --crates 40 --programs 250
step fuzz-fresh bench/fuzz --work "$long/fuzz" --seed "$fresh" --crates 40 --programs 250
bare fuzz-thumb bench/fuzz --work "$long/fuzz" --target thumb --seed 2 --crates 2 --programs 50
bare fuzz-riscv bench/fuzz --work "$long/fuzz" --target riscv --seed 3 --crates 2 --programs 50
step fuzz-orders bench/fuzz-orders --work "$long/orders" --seed 1 --crates 10 --orders 100
step fuzz-orders-fresh bench/fuzz-orders --work "$long/orders" --seed "$fresh" --crates 10 --orders 100
step fuzz-mutants anew "$long/mutants" bench/fuzz-mutants
step mini-redis anew "$long/mini-redis" bench/mini-redis

for name in "${wanted[@]}"; do
  [[ " ${steps[*]} " == *" $name "* ]] || failed "there is no step $name: ${steps[*]}"
done
