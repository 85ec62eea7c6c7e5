# The launcher and the wrapper script themselves, in a copy of the tree. Sourced by ./test.
# shellcheck shell=bash

# timed COMMAND...: sets $time to what it took, in milliseconds. On a machine whose processors are all
# taken that is processor time: how long a command waits for one says nothing about it.
timed() {
  local TIMEFORMAT=%R\ %U\ %S all own kernel
  # What `time` prints is the shell's, not the command's.
  read -r all own kernel <<< "$({ time "$@" > /dev/null 2>&1; } 2>&1 | tail -n 1)"
  if [ "$clock" = time ]; then time=$((10#${all/./})); else time=$((10#${own/./} + 10#${kernel/./})); fi
}

# Sets $clock to what is measured from here on.
choose_clock() {
  local load
  load=$(uptime | sed -E 's/.*load averages?: ([0-9]+).*/\1/')
  clock=time
  [ "$load" -lt "$(getconf _NPROCESSORS_ONLN)" ] || clock='processor time'
}

# least NAME LIMIT COMMAND...: passes when the best of several runs keeps to the limit.
least() {
  local name=$1 limit=$2 least='' clock time
  shift 2
  choose_clock
  for _ in $(seq 40); do
    timed "$@"
    if [ -z "$least" ] || [ $time -lt "$least" ]; then least=$time; fi
    [ "$least" -gt "$limit" ] || break
  done
  check "$name takes $least ms of $clock, at most $limit" test "$least" -le "$limit"
}

# adds NAME LIMIT WRAPPER COMMAND...: the same of what a wrapper adds, the best of its runs against the
# best of as many without, taken by turns.
adds() {
  local name=$1 limit=$2 wrapper=$3 with='' without='' clock time round
  shift 3
  choose_clock
  for round in $(seq 100); do
    timed "$@"
    if [ -z "$without" ] || [ $time -lt "$without" ]; then without=$time; fi
    timed "$wrapper" "$@"
    if [ -z "$with" ] || [ $time -lt "$with" ]; then with=$time; fi
    [ "$round" -lt 20 ] || [ $((with - without)) -gt "$limit" ] || break
  done
  check "$name adds $((with - without)) ms to $without of $clock, at most $limit" test $((with - without)) -le "$limit"
}

# hidden FOLDER... -- COMMAND...: runs it where nothing is in these folders.
hidden() {
  # shellcheck disable=SC2016
  "${namespace[@]}" bash -c '
    while [ "$1" != -- ]; do mount -t tmpfs none "$1" || exit 99; shift; done
    shift
    exec "$@"' hidden "$@"
}

launcher() {
  local copy="$work/a copy/of pollard" log=$work/launcher.log jdk java25=() line code first namespace=() tools=$work/path
  mkdir -p "$copy/src" "$work/empty" "$tools"
  cp -P pom.xml pollard pollard-rustc cargo-pollard "$copy"
  cp -R src/main "$copy/src/main"

  # line NAME CODE PATTERN: it failed, and all that was said is one line.
  line() {
    check "$1 is an error" test "$2" -eq 101
    check "$1: one line, which says what to install" eval \
      'test "$(wc -l < "$log")" -eq 1 && grep -E '"'^error: $3'"' "$log"'
  }

  # Without a JDK, or with an old one alone.
  for jdk in /usr/lib/jvm/*; do
    if [ -f "$jdk/release" ] && grep -Eq '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$jdk/release"; then
      java25+=("$(readlink -f "$jdk")")
    fi
  done
  for line in 'unshare -m' 'unshare -rm'; do
    # shellcheck disable=SC2206
    [ ${#namespace[@]} -gt 0 ] || namespace=($line)
    hidden "$work/empty" -- true 2> /dev/null || namespace=()
  done
  if [ ${#namespace[@]} -eq 0 ] || [ ! -d /usr/lib/jvm ]; then
    skipped 'launcher: no JDK: no folder can be hidden'
  else
    hidden /usr/lib/jvm -- env -u JAVA_HOME HOME="$work/empty" "$copy/pollard" --version > "$log" 2>&1
    line 'no JDK' $? 'no JDK 25 or later was found: install JDK 25 or later, from https://.*apt-get.*JAVA_HOME'
    for jdk in /usr/lib/jvm/*; do [ ! -f "$jdk/release" ] || [[ " ${java25[*]} " = *" $(readlink -f "$jdk") "* ]] || break; done
    hidden "${java25[@]}" -- env JAVA_HOME="$jdk" HOME="$work/empty" PATH=/usr/bin:/bin "$copy/pollard" --version > "$log" 2>&1
    line 'an old JDK alone' $? 'no JDK 25 or later was found: install JDK 25'
    check 'without a JDK nothing is left behind' test ! -e "$copy/target"
  fi

  # Without Maven: all programs there are but that.
  ln -s /usr/bin/* /bin/* "$tools" 2> /dev/null
  rm -f "$tools"/mvn*
  env -u MAVEN_HOME -u M2_HOME JAVA_HOME="${java25[0]}" PATH="$tools" "$copy/pollard" --version > "$log" 2>&1
  line 'no Maven' $? '.*needs Maven: install it from https://maven.apache.org or by "apt-get install maven"'
  if ! command -v mvn > /dev/null; then
    skipped 'launcher: no Maven, to build a copy'
    return
  fi

  # First use, by two at once.
  "$copy/pollard" --version > "$work/first.out" 2> "$work/first.log" &
  first=$!
  "$copy/pollard" --version > "$work/second.out" 2> "$log"
  code=$?
  cat "$log" >> "$work/launcher.both"
  check 'first use by two at once: the second works' test $code -eq 0
  wait $first
  check 'first use by two at once: the first works' test $? -eq 0
  cat "$work/first.log" >> "$work/launcher.both"
  check 'first use by two at once: both say the version' eval \
    'grep -q "^pollard [0-9]" "$work/first.out" && cmp "$work/first.out" "$work/second.out"'
  check 'first use by two at once: it is built once' test "$(grep -c 'building Pollard' "$work/launcher.both")" -eq 1
  check 'first use by two at once: no lock is left' test ! -e "$copy/target/launcher/lock"
  cp "$copy/target/launcher/current" "$work/launcher.current"

  # Started from elsewhere, through links and by cargo; nothing is built again.
  mkdir -p "$work/bin" "$work/else where"
  ln -s '../a copy/of pollard/pollard' "$work/bin/there"
  ln -s there "$work/bin/pollard-link"
  ln -s "$copy/cargo-pollard" "$work/bin/cargo-pollard"
  (cd "$work/else where" && ../bin/pollard-link --version) > "$log" 2>&1
  check 'through two links, from elsewhere' cmp "$work/first.out" "$log"
  (cd "$work/bin" && PATH=".:$PATH" pollard-link --version) > "$log" 2>&1
  check 'by a name on PATH' cmp "$work/first.out" "$log"
  (cd "$work/bin" && CDPATH=/usr:/tmp sh ./there --version) > "$log" 2>&1
  check 'by sh, with CDPATH set' cmp "$work/first.out" "$log"
  if ! command -v cargo > /dev/null; then
    skipped 'launcher: no cargo'
  else
    (cd "$work/else where" && PATH="$copy:$PATH" cargo pollard --version) > "$log" 2>&1
    check 'cargo pollard' cmp "$work/first.out" "$log"
    (cd src/test/e2e/programs/small && PATH="$work/bin:$PATH" CARGO_TARGET_DIR=$work/launcher-target \
      cargo pollard build --effort fast) > "$log" 2>&1
    check 'cargo pollard build, through a link' test $? -eq 0
    check 'it prunes, in a folder with spaces' eval \
      'grep -q "^  flash " "$log" && test "$("$work/launcher-target/release/small")" = works'
  fi
  touch "$copy/README.md"
  "$copy/pollard" --version > "$log" 2>&1
  check 'nothing is built when no source changed' eval \
    'cmp "$work/first.out" "$log" && cmp "$work/launcher.current" "$copy/target/launcher/current"'

  # A copy that its user may not write to is run as it is.
  if [ ${#namespace[@]} -gt 0 ]; then
    # shellcheck disable=SC2016
    "${namespace[@]}" bash -c 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && rm -f "$1/x" && exec "$1/pollard" --version' \
      sh "$copy" > "$log" 2>&1
    check 'a copy that cannot be written works' cmp "$work/first.out" "$log"
    mv "$copy"/target/launcher/run.*/*.aot "$work"
    # shellcheck disable=SC2016
    "${namespace[@]}" bash -c 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$1/pollard" --version' \
      sh "$copy" > "$log" 2>&1
    check "and so without this JDK's cache" cmp "$work/first.out" "$log"
    mv "$work"/*.aot "$copy"/target/launcher/run.*/
  fi

  # Times. The wrapper's is what cargo waits for at each crate.
  local rustc
  least 'pollard --version' 150 "$copy/pollard" --version
  if command -v rustc > /dev/null; then
    rustc=$(rustc --print=sysroot)/bin/rustc
    mkdir -p "$work/tiny"
    echo 'pub fn twice(x: u32) -> u32 { x * 2 }' > "$work/tiny.rs"
    adds 'the wrapper of rustc -vV' 5 "$copy/pollard-rustc" "$rustc" -vV
    adds "the wrapper of a library's compile" 5 "$copy/pollard-rustc" "$rustc" --crate-name tiny --edition=2021 \
      "$work/tiny.rs" --crate-type lib --emit=dep-info,metadata,link -C opt-level=3 -C embed-bitcode=no --out-dir "$work/tiny"
    check 'what it passed on was made' test -f "$work/tiny/libtiny.rlib"
  fi

  # A changed source: a mistake in it, the build killed half way, the build.
  local source=$copy/src/main/java/dev/pollard/cli/PollardCommand.java
  cp "$source" "$work/PollardCommand.java"
  sed -i 's/VERSION = "pollard /VERSION = "pruner /; s/^public final class/public finl class/' "$source"
  "$copy/pollard" --version > "$log" 2>&1
  check 'a source with a mistake is an error' test $? -eq 101
  check 'it names the place, and ends with one line' eval \
    'grep -q "PollardCommand.java" "$log" && tail -n 1 "$log" | grep "^error: Pollard could not be built; .*build.log"'
  sed -i 's/^public finl class/public final class/' "$source"
  if command -v setsid > /dev/null; then
    setsid "$copy/pollard" --version > "$log" 2>&1 &
    first=$!
    for _ in $(seq 100); do
      ! grep -q building "$log" || break
      sleep 0.1
    done
    sleep 1
    kill -9 -- -$first 2> /dev/null
    wait $first 2> /dev/null
    check 'a build that is killed leaves its lock' test -d "$copy/target/launcher/lock"
  fi
  "$copy/pollard" --version > "$work/second.out" 2> "$log"
  check 'a changed source is built again' eval \
    'grep -q "building Pollard" "$log" && grep -q "^pruner [0-9]" "$work/second.out"'
  check 'no lock is left' test ! -e "$copy/target/launcher/lock"
  check 'at most two builds are kept' test "$(find "$copy/target/launcher" -maxdepth 1 -name 'run.*' | wc -l)" -le 2
}

launcher
