# What the end-to-end suites share; sourced by ./test.
# shellcheck shell=bash

passes=0 failures=0 skips=()
cache=${XDG_CACHE_HOME:-$HOME/.cache}/pollard/test
work=$(mktemp -d "${TMPDIR:-/tmp}/pollard-test.XXXXXX")
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR=$cache/target CARGO_TERM_COLOR=never
mkdir -p "$cache/tools" "$CARGO_TARGET_DIR"

passed() {
  passes=$((passes + 1))
  echo "ok $1"
}

# failed NAME [FILE]: with the end of what was printed.
failed() {
  failures=$((failures + 1))
  echo "FAILED $1"
  if [ $# -gt 1 ] && [ -f "$2" ]; then tail -n 25 "$2" | sed 's/^/  | /'; fi
}

# check NAME COMMAND...: passes when the command does.
check() {
  local name=$1
  shift
  if "$@" > "$work/check.log" 2>&1; then passed "$name"; else failed "$name" "$work/check.log"; fi
}

# In CI a skip is a failure.
skipped() {
  if [ "${CI:-}" = true ]; then failed "$1 (nothing may be skipped in CI)"; else skips+=("$1"); fi
}

# Debian's packages: a toolchain with the sources of core for bare-metal targets, its linker, QEMU, a browser.
install_tools() {
  local packages=(rustc-web cargo-web rust-web-src libstd-rust-web-dev lld-22 llvm-22
    qemu-system-arm qemu-system-misc chromium chromium-driver) missing=()
  if command -v dpkg-query > /dev/null && [ "$(id -u)" = 0 ]; then
    for package in "${packages[@]}"; do
      dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    if [ ${#missing[@]} -gt 0 ]; then
      echo "installing ${missing[*]}"
      { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends "${missing[@]}"; } > "$work/apt.log" 2>&1 || tail -n 5 "$work/apt.log"
    fi
  fi
  command -v lld-22 > /dev/null && ln -sf "$(command -v lld-22)" "$cache/tools/rust-lld"
}

# The environment of a compiler that builds core for any target.
bare_metal() {
  export RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc CARGO=/usr/bin/cargo
  export PATH=$cache/tools:/usr/lib/llvm-22/bin:/usr/bin:$PATH
}

has_bare_metal() {
  [ -x /usr/bin/rustc ] && [ -d /usr/lib/rustlib/src/rust/library ] && [ -e "$cache/tools/rust-lld" ]
}

# Text and data of an ELF, as llvm-size has it.
flash() {
  llvm-size "$1" | awk 'NR == 2 { print $1 + $2 }'
}

# Sets $java to a JDK that can build Pollard; empty when there is none.
find_jdk() {
  for java in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -f "$java/release" ] && grep -q '^JAVA_VERSION="2[5-9]' "$java/release" && [ -x "$java/bin/javac" ] && break
    java=
  done
}

unit() {
  echo '== unit'
  local java
  find_jdk
  if [ -z "$java" ] || ! command -v mvn > /dev/null; then
    skipped "unit: no JDK 25, or no Maven"
    return
  fi
  local log=$work/unit.log
  JAVA_HOME=$java PATH=/usr/lib/llvm-22/bin:$PATH mvn -B test > "$log" 2>&1
  local line run bad skip
  line=$(grep -E 'Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+$' "$log" | tail -n 1)
  if [ -z "$line" ]; then
    failed 'unit tests' "$log"
    return
  fi
  run=$(sed -E 's/.*Tests run: ([0-9]+).*/\1/' <<< "$line")
  bad=$(sed -E 's/.*Failures: ([0-9]+), Errors: ([0-9]+).*/\1 + \2/' <<< "$line")
  skip=$(sed -E 's/.*Skipped: ([0-9]+).*/\1/' <<< "$line")
  bad=$((bad))
  passes=$((passes + run - bad - skip))
  echo "unit tests: $((run - bad - skip)) passed, $bad failed, $skip skipped"
  [ "$skip" -eq 0 ] || skipped "$skip unit tests"
  if [ "$bad" -gt 0 ]; then
    failures=$((failures + bad))
    grep -E '^\[ERROR\]' "$log" | head -n 40
  fi
}

# stock FOLDER TARGET BIN OPT OUT [FLAG...]: builds a program as cargo alone does.
stock() {
  (cd "$1" && CARGO_PROFILE_RELEASE_OPT_LEVEL=$4 "${CARGO:-cargo}" build --quiet --release ${build_std:-} \
    --target "$2" --bin "$3" "${@:6}") > "$work/stock.log" 2>&1 || return
  mkdir -p "$(dirname "$5")"
  cp "$CARGO_TARGET_DIR/$2/release/$3" "$5"
}

# pruned FOLDER TARGET BIN OUT [FLAG...]: builds it as Pollard does, at z.
pruned() {
  local folder=$1 target=$2 bin=$3 out=$4
  shift 4
  (cd "$folder" && "$root/pollard" build ${build_std:-} --target "$target" --bin "$bin" "$@") \
    > "$work/pruned.log" 2>&1 || return
  mkdir -p "$(dirname "$out")"
  cp "$CARGO_TARGET_DIR/$target/release/$bin" "$out"
}

# same_under_qemu NAME STOCK PRUNED: what both print, byte for byte, and how they end.
same_under_qemu() {
  local a b
  examples/run-qemu "$2" > "$work/stock.out" 2> "$work/stock.err"
  a=$?
  examples/run-qemu "$3" > "$work/pruned.out" 2> "$work/pruned.err"
  b=$?
  if [ $a -eq 0 ] && [ $b -eq 0 ] && [ -s "$work/stock.out" ] && cmp -s "$work/stock.out" "$work/pruned.out"; then
    passed "$1 prints the same under QEMU, stock and pruned"
  else
    diff "$work/stock.out" "$work/pruned.out" > "$work/diff.log"
    echo "exit codes $a and $b" >> "$work/diff.log"
    failed "$1 prints the same under QEMU" "$work/diff.log"
  fi
}

# smaller NAME STOCK-BYTES PRUNED-BYTES
smaller() {
  if [ "$3" -lt "$2" ]; then
    passed "$1: $2 -> $3 bytes of flash"
  else
    failed "$1 is smaller: $2 -> $3 bytes"
  fi
}

# A field of a report, such as .fallback; numbers and words alone.
report() {
  sed -nE "s/^ *\"$2\" : \"?([^\",]*)\"?,?\$/\1/p" "$CARGO_TARGET_DIR/pollard/$1.json" | head -n 1
}

# parity NAME CAPTURE: with no pass at all, the object that Pollard emits of a build that was captured
# (POLLARD_KEEP_CAPTURE) is as large as rustc's own, section by section.
parity() {
  local launcher=target/launcher run java
  run=$launcher/$(cat $launcher/current)
  java=$(sed -n 2p $launcher/java)/bin/java
  check "$1: with no pass the object equals rustc's in size, section by section" "$java" \
    --enable-native-access=ALL-UNNAMED -cp "$run/pollard.jar:$run/lib/*" src/test/e2e/Parity.java "$2"
}
