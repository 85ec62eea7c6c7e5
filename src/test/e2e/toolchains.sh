# The user's own toolchain, wrappers, linker and kinds of artifacts stay in force, and what is built with
# them is pruned. Sourced by ./test.
# shellcheck shell=bash

# passing_on FILE PROGRAM: a script that writes down how it was called, then is the program.
passing_on() {
  printf '#!/bin/sh\necho "$*" >> "%s.log"\nexec "%s" "$@"\n' "$1" "$2" > "$1"
  chmod +x "$1"
}

# called NAME FILE PATTERN: whether such a script was called so.
called() {
  check "$1" grep -qE -e "$3" "$2.log"
  rm -f "$2.log"
}

# says_pruned NAME REPORT [TOOLCHAIN]: the report says that it is pruned, and not why it is not.
says_pruned() {
  { echo "fallback: $(report "$2" fallback)"; report "$2" toolchain; } > "$work/says.log" 2>&1
  if grep -q '^fallback: null$' "$work/says.log" && grep -q "^rustc ${3:-.}" "$work/says.log"; then
    passed "$1: it is pruned${3:+, by $3}"
  else
    failed "$1: it is pruned${3:+, by $3}" "$work/says.log"
  fi
}

# is_pruned NAME PROGRAM REPORT [TOOLCHAIN]: and it works.
is_pruned() {
  check "$1: it works" test "$("$2")" = works
  says_pruned "$1" "$3" "${4:-}"
}

toolchains() {
  local app=$work/tools target=$work/tools-target host real newer
  local program=$target/release/small
  cp -r src/test/e2e/programs/small "$app"
  mkdir "$app/.cargo"
  real=$(rustc --print=sysroot)/bin
  host=$("$real/rustc" -vV | sed -n 's/^host: //p')

  # build NAME TOOLCHAIN COMMAND...: nothing is kept from before.
  build() {
    local name=$1 toolchain=$2
    shift 2
    rm -rf "$target/release" "$target/pollard"
    (cd "$app" && CARGO_TARGET_DIR=$target "$@") > "$work/tools.log" 2>&1 || { failed "$name" "$work/tools.log"; return; }
    CARGO_TARGET_DIR=$target is_pruned "$name" "$program" small "$toolchain"
  }

  if command -v rustup > /dev/null && newer=$(rustc +nightly -V 2> /dev/null | cut -d ' ' -f 2); then
    build 'pollard +nightly' "$newer" "$root/pollard" +nightly build
    build 'cargo +nightly pollard' "$newer" env PATH="$root:$PATH" cargo +nightly pollard build
    printf '[toolchain]\nchannel = "nightly"\n' > "$app/rust-toolchain.toml"
    build 'rust-toolchain.toml' "$newer" "$root/pollard" build
    rm "$app/rust-toolchain.toml"
  else
    skipped 'toolchains: no rustup with a nightly'
  fi

  passing_on "$work/a cargo" "$real/cargo"
  passing_on "$work/a rustc" "$real/rustc"
  passing_on "$work/a wrapper" /usr/bin/env
  build 'CARGO and RUSTC' '' env CARGO="$work/a cargo" RUSTC="$work/a rustc" "$root/pollard" build
  called 'the cargo in CARGO was called' "$work/a cargo" '^build --release '
  called 'the rustc in RUSTC made the program' "$work/a rustc" '--crate-name small .*-C lto(=fat)? .*save-temps'
  build 'RUSTC_WRAPPER' '' env RUSTC_WRAPPER="$work/a wrapper" "$root/pollard" build
  called 'the wrapper in RUSTC_WRAPPER was called' "$work/a wrapper" '/rustc --crate-name small '
  printf '[build]\nrustc-wrapper = "%s"\n' "$work/a wrapper" > "$app/.cargo/config.toml"
  build 'build.rustc-wrapper' '' "$root/pollard" build
  called 'the wrapper of the configuration was called' "$work/a wrapper" '/rustc --crate-name small '
  printf '[build]\nrustc-workspace-wrapper = "%s"\n' "$work/a wrapper" > "$app/.cargo/config.toml"
  build 'build.rustc-workspace-wrapper' '' "$root/pollard" build
  called 'the workspace wrapper of the configuration was called' "$work/a wrapper" '^[^ ]*/rustc --crate-name small .*save-temps'

  # A linker, link arguments and flags, from the configuration and from a build script.
  passing_on "$work/a linker" "$(command -v cc)"
  cat > "$app/.cargo/config.toml" << EOF
[target.$host]
linker = "$work/a linker"
rustflags = ["-C", "link-arg=-Wl,--defsym=from_the_flags=1", "-C", "target-cpu=x86-64-v2", "--cfg", "of_mine"]
EOF
  cat > "$app/build.rs" << 'EOF'
fn main() {
    println!("cargo:rustc-link-arg-bins=-Wl,--defsym=from_the_script=2");
    println!("cargo:rustc-link-arg=-Wl,--build-id=0xc0ffee01");
}
EOF
  [ "$(uname -m)" = x86_64 ] || sed -i 's/"-C", "target-cpu=x86-64-v2", //' "$app/.cargo/config.toml"
  build 'a linker and its arguments' '' "$root/pollard" build
  check 'both links were done by the linker that was named' test \
    "$(grep from_the_flags=1 "$work/a linker.log" | grep -c from_the_script=2)" -eq 2
  check 'arguments of the flags and of the build script are in the pruned program' eval \
    'nm "$program" | grep -q " A from_the_flags$" && nm "$program" | grep -q " A from_the_script$" && readelf -n "$program" | grep -q c0ffee01'
  rm -r "$app/.cargo" "$app/build.rs"
}

# What cargo makes beside plain programs: all of it from one workspace.
kinds() {
  local app=$work/kinds target=$work/kinds-target
  local CARGO_TARGET_DIR=$target name
  mkdir -p "$app"/{polls/src,one/src/bin,one/examples,one/benches,one/tests,two/src,both/src}
  cat > "$app/Cargo.toml" << 'EOF'
[workspace]
members = ["polls", "one", "two", "both"]
resolver = "2"
[profile.release]
opt-level = "z"
panic = "abort"
EOF
  for name in polls one two both; do
    printf '[package]\nname = "%s"\nversion = "0.1.0"\nedition = "2021"\n' $name > "$app/$name/Cargo.toml"
  done
  printf '[[bench]]\nname = "speed"\nharness = false\n[[test]]\nname = "sums"\n' >> "$app/one/Cargo.toml"
  printf '[lib]\ncrate-type = ["cdylib", "rlib"]\n' >> "$app/both/Cargo.toml"
  printf '[dependencies]\npolls = { path = "../polls" }\n' | tee -a "$app"/{one,two,both}/Cargo.toml > /dev/null
  # The futures of programs/small, as a library; the programs are without std, which is quick to build.
  { echo '#![no_std]'
    sed -n '/^use core::future/,/^use core::task/p; /^struct Later/,/^#\[no_mangle\]/p' src/test/e2e/programs/small/src/main.rs |
      grep -v no_mangle
    cat << 'EOF'
/// 42 for a count of one.
pub fn sum(count: u32) -> u32 {
    let mut future = pin!(all(count * 12));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(sum) = future.as_mut().poll(&mut context) {
            return sum;
        }
    }
}
EOF
  } > "$app/polls/src/lib.rs"
  cat > "$app/one/src/bin/first.rs" << 'EOF'
#![no_std]
#![no_main]
use core::ffi::{c_char, c_int};

#[link(name = "c")]
extern "C" {
    fn puts(text: *const c_char) -> c_int;
    fn abort() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    unsafe { abort() }
}

#[no_mangle]
pub extern "C" fn main(count: c_int) -> c_int {
    let text = if polls::sum(count as u32) == 42 { c"works" } else { c"wrong" };
    unsafe { puts(text.as_ptr()) };
    0
}
EOF
  sed 's/#\[no_mangle\]/&\npub extern "C" fn second() {}\n&/' "$app/one/src/bin/first.rs" > "$app/one/src/bin/second.rs"
  cp "$app/one/src/bin/first.rs" "$app/one/examples/shown.rs"
  cp "$app/one/src/bin/first.rs" "$app/two/src/main.rs"
  # cargo builds what it tests and benches for unwinding, and std does that.
  printf 'fn main() {\n    println!("{}", if polls::sum(1) == 42 { "works" } else { "wrong" });\n}\n' > "$app/one/benches/speed.rs"
  printf '#[test]\nfn adds_up() {\n    assert_eq!(polls::sum(1), 42);\n}\n' > "$app/one/tests/sums.rs"
  cat > "$app/both/src/lib.rs" << 'EOF'
#[no_mangle]
pub extern "C" fn sum(count: u32) -> u32 {
    polls::sum(count)
}
EOF

  # run LOG WORD...
  run() {
    local log=$work/kinds.$1
    shift
    (cd "$app" && "$root/pollard" "$@") > "$log" 2>&1 || { failed "pollard $*" "$log"; return 1; }
  }

  if run several build --workspace --exclude both; then
    for name in first second two; do is_pruned "workspace: $name" "$target/release/$name" $name; done
  fi
  if run example build -p one --example shown; then
    is_pruned 'build --example' "$target/release/examples/shown" shown
  fi
  if run bench bench -p one --bench speed --effort fast; then
    check 'bench: it runs' grep -q '^works$' "$work/kinds.bench"
    says_pruned bench "$(basename "$target"/pollard/speed-*.json .json)"
  fi
  if run test test -p one --test sums --effort fast; then
    check 'test: it runs' grep -q '^test adds_up ... ok$' "$work/kinds.test"
    says_pruned test "$(basename "$target"/pollard/sums-*.json .json)"
  fi
  if run install install --path one --bin second --root "$work/kinds-root"; then
    is_pruned 'install --path' "$work/kinds-root/bin/second" second
  fi
  POLLARD_OFF=1 run both-off build -p both
  check 'cdylib beside an rlib, switched off: it is built' test -f "$target/release/libboth.so"
  if run both build -p both; then
    printf '#include <stdio.h>\nunsigned sum(unsigned);\nint main(void) { puts(sum(1) == 42 ? "works" : "wrong"); return 0; }\n' > "$work/calls.c"
    cc -o "$work/calls" "$work/calls.c" "$target/release/libboth.so" -Wl,-rpath,"$target/release" 
    is_pruned 'cdylib beside an rlib' "$work/calls" both
    check 'cdylib beside an rlib: the rlib is there' test -f "$target/release/libboth.rlib"
  fi

  if ! has_bare_metal || ! command -v node > /dev/null; then
    skipped 'toolchains: wasm32: no toolchain for it, or no Node'
    return
  fi
  before=$PATH
  bare_metal
  CARGO_TARGET_DIR=$cache/target
  app=$work/crawler
  cp -r examples/wasm-crawler "$app"
  sed -i 's/crate-type = .*/crate-type = ["cdylib", "rlib"]/' "$app/Cargo.toml"
  rm -f "$CARGO_TARGET_DIR/pollard/wasm_crawler.json"
  if run wasm build -Zbuild-std=std,panic_abort; then
    node "$app/run.mjs" "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/wasm_crawler.wasm" > "$work/kinds.node" 2>&1
    check 'a wasm module beside an rlib: it works' test $? -eq 0 -a -s "$work/kinds.node"
    says_pruned 'a wasm module beside an rlib' wasm_crawler
    check 'a wasm module beside an rlib: the rlib is there' \
      test -f "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/libwasm_crawler.rlib"
  fi
  unset RUSTC_BOOTSTRAP RUSTC CARGO
  PATH=$before
}

if command -v cargo > /dev/null; then
  toolchains
  kinds
else
  skipped 'toolchains: no cargo'
fi
