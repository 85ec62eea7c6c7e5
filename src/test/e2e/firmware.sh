# Firmware examples on the boards of QEMU: stock against pruned. Sourced by ./test.
# shellcheck shell=bash

firmware() { # FOLDER TARGET BIN
  local name="$3 ($2)" out=$work/firmware/$2
  stock "examples/$1" "$2" "$3" s "$out/$3.s" || { failed "$name builds at s" "$work/stock.log"; return; }
  stock "examples/$1" "$2" "$3" z "$out/$3.z" || { failed "$name builds at z" "$work/stock.log"; return; }
  touch "examples/$1"/src/*.rs
  POLLARD_KEEP_CAPTURE=$out/capture pruned "examples/$1" "$2" "$3" "$out/$3.pruned" ||
    { failed "$name builds pruned" "$work/pruned.log"; return; }
  parity "$name" "$out/capture/$3"
  check "$name: its report names the target" test "$(report "$3" target)" = "$2"
  same_under_qemu "$name" "$out/$3.z" "$out/$3.pruned"
  local z s
  z=$(flash "$out/$3.z") s=$(flash "$out/$3.s")
  smaller "$name against the better of z and s" $((z < s ? z : s)) "$(flash "$out/$3.pruned")"
}

# The stack that a program said it used.
stack_mark() { examples/run-qemu "$1" 2> /dev/null | sed -n 's/^stack used: \([0-9]*\) bytes$/\1/p'; }

# What of its painted stack a program used in QEMU, stock against pruned.
painted() { # FOLDER TARGET BIN PERCENT
  local name="$3 ($2)" out=$work/firmware/$2 before after
  stock "examples/$1" "$2" "$3" z "$out/$3.marked" --features stack-mark &&
    pruned "examples/$1" "$2" "$3" "$out/$3.marked-pruned" --features stack-mark ||
    { failed "$name builds with its stack painted" "$work/pruned.log"; return; }
  before=$(stack_mark "$out/$3.marked") after=$(stack_mark "$out/$3.marked-pruned")
  check "$name uses at most $4 % of stock's stack: ${before:-?} -> ${after:-?} bytes" \
    test "${after:-0}" -gt 0 -a $((${after:-0} * 100)) -le $((${before:-0} * $4))
}

if has_bare_metal; then
  before=$PATH
  bare_metal
  build_std=-Zbuild-std=core,alloc
  firmware greenhouse thumbv7m-none-eabi greenhouse
  firmware greenhouse thumbv6m-none-eabi greenhouse
  firmware greenhouse riscv32imac-unknown-none-elf greenhouse
  firmware greenhouse riscv64imac-unknown-none-elf greenhouse
  pruned examples/greenhouse thumbv7m-none-eabi greenhouse "$work/firmware/again"
  check 'what cargo puts in its place again has its own report' \
    test "$(grep -c 'unchanged, not pruned again' "$work/pruned.log")$(report greenhouse target)" = 1thumbv7m-none-eabi
  firmware net-loopback thumbv7em-none-eabi net-loopback
  painted greenhouse thumbv7m-none-eabi greenhouse 100
  painted net-loopback thumbv7em-none-eabi net-loopback 10
  large=$work/firmware/thumbv7em-none-eabi/net-loopback
  if [ -f "$large.pruned" ]; then
    z=$(flash "$large.z") s=$(flash "$large.s") p=$(flash "$large.pruned")
    check "the embassy-net firmware is at least 15 % under the better of z and s" \
      test $((p * 100)) -le $(((z < s ? z : s) * 85))
    if pruned examples/net-loopback thumbv7em-none-eabi net-loopback "$large.fast" --effort fast; then
      same_under_qemu 'net-loopback, --effort fast' "$large.z" "$large.fast"
      smaller 'net-loopback, --effort fast, against the better of z and s' $((z < s ? z : s)) "$(flash "$large.fast")"
      check 'net-loopback, --effort fast, keeps no stack sizes' eval \
        'llvm-readelf -SW "$large.fast" > "$work/sections" && grep -q " \.text " "$work/sections" && ! grep -q stack_sizes "$work/sections"'
    else
      failed 'net-loopback builds pruned, --effort fast' "$work/pruned.log"
    fi
  fi
  # QEMU has no board for it, but it logs by defmt: texts for the host go with the code that logs them.
  logs=$work/firmware/modbus
  if stock bench/programs/stm32f446 thumbv7em-none-eabihf modbus z "$logs.z" &&
    touch bench/programs/stm32f446/src/bin/modbus.rs &&
    pruned bench/programs/stm32f446 thumbv7em-none-eabihf modbus "$logs.pruned"; then
    smaller 'modbus, which logs by defmt, against z' "$(flash "$logs.z")" "$(flash "$logs.pruned")"
  else
    failed 'modbus builds stock and pruned' "$work/pruned.log"
  fi
  unset RUSTC_BOOTSTRAP RUSTC CARGO build_std
  PATH=$before
else
  skipped 'firmware: no toolchain for bare-metal targets (Debian: rustc-web, cargo-web, rust-web-src, lld-22)'
fi
