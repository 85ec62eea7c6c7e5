# pollard bisect finds a mistake in a pass: in a copy of Pollard whose passes are made wrong, so that
# the Pollard that is tested holds nothing for this. Sourced by ./test.
# shellcheck shell=bash

# Two mistakes. frame-pointers makes the vent cool by 2.3 degrees an hour instead of 2.2, in the one
# function that knows the number. round-z runs a pass of LLVM's that loses all landing pads.
wrong_pollard() { # FOLDER
  local passes=$1/src/main/java/dev/pollard/pass
  mkdir -p "$1/src"
  cp pom.xml pollard pollard-rustc "$1/"
  cp -r src/main "$1/src/main"
  sed -i 's|^    function.attributes().unset(ATTRIBUTE);|&\
    for (var block : function.blocks()) {\
      for (var i : block.instructions()) {\
        for (int o = 0; o < i.operandCount(); o++) {\
          if (i.operand(o) instanceof dev.pollard.llvm.ConstantInt c \&\& c.signed() == -22) {\
            i.setOperand(o, c.type().constant(-23));\
          }\
        }\
      }\
    }|' "$passes/FramePointers.java"
  sed -i 's|"default<Oz>"|"default<Oz>,function(lower-invoke)"|' "$passes/PassRegistry.java"
  grep -q -- '-23' "$passes/FramePointers.java" && grep -q lower-invoke "$passes/PassRegistry.java" &&
    "$1/pollard" --version
}

# says NAME PATTERN: what the last bisection printed.
says() {
  if grep -Eq -- "$2" "$work/bisect.log"; then passed "$1"; else failed "$1" "$work/bisect.log"; fi
}

bisect_firmware() { # WRONG-POLLARD
  local program=$CARGO_TARGET_DIR/thumbv7m-none-eabi/release/greenhouse
  # What the test says of stock decides; the command also shows that the program lies in its place.
  cat > "$work/same-day" << 'EOF'
#!/bin/sh
cmp -s "$POLLARD_ARTIFACT" "$PROGRAM" || exit 3
"$ROOT/examples/run-qemu" "$PROGRAM" < /dev/null | grep '^warmest'
"$ROOT/examples/run-qemu" "$PROGRAM" < /dev/null | grep -q '^warmest 26.4 C'
EOF
  chmod +x "$work/same-day"
  (cd examples/greenhouse && ROOT=$root PROGRAM=$program "$1/pollard" bisect "$build_std" \
    --target thumbv7m-none-eabi --bin greenhouse --repro "$work/bisect.zip" -- "$work/same-day" {}) \
    > "$work/bisect.log" 2>&1
  check 'bisect of a firmware ends well' test $? -eq 0
  says 'stock is good' '^bisect \[1\] stock: good'
  says 'the pruned program is bad' '^bisect \[2\] pruned: bad, exit code 1'
  says 'the pass is named' '^  pass +frame-pointers '
  says 'the function is named' '^  function +.*thermometer'
  says 'the change is one of many' '^  change +[0-9]+ of [0-9]{3}'
  says 'to keep that function is advised' "pollard build --keep '.*thermometer"
  check '--repro packs the program' test -s "$work/bisect.zip"
  check 'the captured program is gone' test ! -e "$CARGO_TARGET_DIR/pollard/bisect/greenhouse"
  examples/run-qemu "$program" > "$work/bisect.out" 2>&1
  check 'the pruned program lies in its place again' grep -q '^warmest 26.3 C' "$work/bisect.out"
  local keep
  keep=$(sed -nE "s/^  pollard build --keep '(.*)'\$/\1/p" "$work/bisect.log")
  (cd examples/greenhouse && "$1/pollard" build "$build_std" --target thumbv7m-none-eabi \
    --bin greenhouse --keep "$keep") > "$work/bisect.log" 2>&1
  examples/run-qemu "$program" > "$work/bisect.out" 2>&1
  check 'a build with what is advised is good' grep -q '^warmest 26.4' "$work/bisect.out"
}

bisect_host() { # WRONG-POLLARD
  local app=$work/catch
  mkdir -p "$app/src"
  printf '[package]\nname = "catch"\nversion = "0.1.0"\nedition = "2021"\n[profile.release]\nopt-level = "z"\n' > "$app/Cargo.toml"
  cat > "$app/src/main.rs" << 'EOF'
fn main() {
    let caught = std::panic::catch_unwind(|| std::hint::black_box([1, 2, 3]).get(7).copied().unwrap());
    std::process::exit(i32::from(caught.is_ok()));
}
EOF
  bisect() { (cd "$app" && CARGO_TARGET_DIR=$work/catch-target "$@" > "$work/bisect.log" 2>&1); }
  bisect "$1/pollard" bisect
  check 'bisect by the program itself ends well' test $? -eq 0
  says "a pipeline of LLVM's is named" '^  pass +round-z '
  says "LLVM's own pass and its function are named" "^  LLVM's +lower-invoke on .*catch::main, number [0-9]+ of [0-9]+"
  says 'to switch the pass off is advised' 'pollard build --disable-pass round-z'
  bisect "$root/pollard" bisect
  check 'where nothing is wrong nothing is found' test $? -eq 101
  says 'and it says why' 'does not find the pruned program bad'
  bisect "$root/pollard" bisect -- false
  check 'a test that stock fails is no test' test $? -eq 101
  says 'and the command is shown' 'does not find the stock program good \(exit code 1\)'
  # shellcheck disable=SC2016
  bisect "$root/pollard" bisect -- 'cp /bin/true "$POLLARD_ARTIFACT"'
  check 'a test that replaces the program is refused' test $? -eq 101
  says 'and it says so' 'made the program anew'
  check 'what the build made lies there again' sh -c "'$work/catch-target/release/catch' 2>&1 | grep -q panicked"
}

if ! command -v mvn > /dev/null; then
  skipped 'bisect: no Maven, to build a Pollard that is wrong'
elif ! wrong_pollard "$work/wrong" > "$work/wrong.log" 2>&1; then
  failed 'a Pollard with mistakes in it is built' "$work/wrong.log"
else
  if command -v cargo > /dev/null; then bisect_host "$work/wrong"; else skipped 'bisect: no cargo'; fi
  if has_bare_metal; then
    before=$PATH
    bare_metal
    build_std=-Zbuild-std=core,alloc
    bisect_firmware "$work/wrong"
    unset RUSTC_BOOTSTRAP RUSTC CARGO build_std
    PATH=$before
  else
    skipped 'bisect: no toolchain for bare-metal targets'
  fi
fi
