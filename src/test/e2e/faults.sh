# What goes wrong ends with the stock artifact or one clear error. Sourced by ./test.
# shellcheck shell=bash

# Whether file systems can be mounted: for a full disk, and for what root may not write either.
can_mount() {
  [ "$(id -u)" = 0 ] && mkdir -p "$work/mount" && mount -t tmpfs -o size=1m none "$work/mount" 2> /dev/null &&
    umount "$work/mount"
}

faults() {
  local app=$work/fault target=$work/fault-target program stock=$work/fault.stock linker=$work/fault-linker host
  program=$target/release/small
  cp -r src/test/e2e/programs/small "$app"
  host=$(rustc -vV | sed -n 's/^host: //p')

  # fault COMMAND...: runs it in the program's folder.
  fault() {
    (cd "$app" && CARGO_TARGET_DIR=$target "$@") > "$work/fault.log" 2>&1
  }
  # build FLAG...: builds it again, nothing kept from before.
  build() {
    touch "$app/src/main.rs"
    rm -rf "$target/pollard/cache"
    fault "$root/pollard" build "$@"
  }
  works() {
    check "$1: the program works" test "$("$program")" = works
  }
  # Nothing half-written, no trace of Java in what the user reads.
  clean() {
    check "$1: nothing is left" test -z "$(
      find "$target" "$app" \( -name '.pollard*' -o -name '*.tmp' -o -name '*.lto.*' -o -name '*@*' -o -name 'hs_err*' -o -name core \) \
        -not -path '*/filler' 2> /dev/null
    )"
    check "$1: no stack trace" eval '! grep -E "^\s+at |[a-z]Exception|dev\.pollard" "$work/fault.log"'
  }
  # stays NAME CODE WORDS: the build ended well, and one line tells why the stock artifact is there.
  stays() {
    check "$1: the build ends well" test "$2" -eq 0
    check "$1: one line says why the stock artifact stays" eval \
      'test "$(grep -c "stock artifact kept: " "$work/fault.log")" -eq 1 && grep "stock artifact kept: .*'"$3"'" "$work/fault.log"'
    check "$1: the artifact is the stock one to the byte" cmp "$stock" "$program"
    clean "$1"
  }
  # heals NAME: the next build prunes, whether or not the program has changed.
  heals() {
    fault "$root/pollard" build
    check "$1: the next build heals" eval 'grep -q "^  flash " "$work/fault.log" && ! cmp -s "$stock" "$program"'
    works "$1, healed"
  }
  # ends NAME CODE WORDS: the build failed with words that say why.
  ends() {
    check "$1: the build fails" test "$2" -eq 101
    check "$1: it says why" grep -E "$3" "$work/fault.log"
    clean "$1"
  }

  POLLARD_OFF=1 build
  cp "$program" "$stock" || { failed 'the program builds' "$work/fault.log"; return; }
  build --memory-limit 1M
  stays 'out of memory' $? 'memory limit'
  heals 'out of memory'
  touch "$app/src/main.rs"
  fault env POLLARD_MEMORY_LIMIT=1M RUSTC_WORKSPACE_WRAPPER="$root/pollard-rustc" cargo build --release
  stays 'out of memory under plain cargo' $? 'memory limit'
  build --quiet --memory-limit 1M
  stays 'out of memory, quietly' $? 'memory limit'
  build --memory-limit 1M --deny-fallback
  check '--deny-fallback makes a fallback an error' test $? -ne 0
  local broken=$work/broken
  mkdir -p "$broken/src/main"
  cp pollard pollard-rustc "$broken"
  echo 'no project' > "$broken/pom.xml"
  touch "$app/src/main.rs"
  fault env RUSTC_WORKSPACE_WRAPPER="$broken/pollard-rustc" cargo build --release
  check 'a Pollard that cannot start: the build ends well' test $? -eq 0
  check 'a Pollard that cannot start: it says why' grep -q 'Pollard cannot start, so nothing is pruned' "$work/fault.log"
  works 'a Pollard that cannot start'
  fault env POLLARD_HOME="$root" RUSTC_WORKSPACE_WRAPPER="$broken/pollard-rustc" cargo build --release
  check 'a Pollard that starts again: the next build heals' eval \
    'grep -q "^pollard small" "$work/fault.log" && ! cmp -s "$stock" "$program"'
  build --memory-limit 1M --repro "$work/repro.zip"
  check '--repro packs what is needed' test -s "$work/repro.zip"

  build --repro "$work/good.zip"
  check '--repro packs a prune that went well, and says so' eval \
    'test -s "$work/good.zip" && grep "packed in .*good.zip" "$work/fault.log" && grep "^  flash " "$work/fault.log"'
  fault "$root/pollard" build --repro "$work/again.zip"
  check '--repro packs a program that has not changed' test -s "$work/again.zip"
  build --config 'profile.release.lto="thin"' --repro "$work/none.zip"
  check '--repro without a capture says that nothing is packed' grep 'nothing is there to pack in .*none.zip' "$work/fault.log"

  # Workers that are killed, die of themselves, or hang: the search goes on without them, or stock stays.
  local signal wrapper job
  for signal in KILL SEGV STOP; do
    touch "$app/src/main.rs"
    rm -rf "$target/pollard/cache"
    fault "$root/pollard" build --effort max --time-limit 5s &
    job=$!
    for _ in $(seq 400); do
      wrapper=$(pgrep -f "dev.pollard.Main rustc-wrapper .*$target" | head -n 1)
      [ -n "$wrapper" ] && pkill -$signal -P "$wrapper" -f 'dev.pollard.Main worker' && break
      wrapper=
      sleep 0.02
    done
    wait $job
    check "a worker with SIG$signal: the build ends well" test $? -eq 0
    check "a worker with SIG$signal: one was there" test -n "$wrapper"
    works "a worker with SIG$signal"
    clean "a worker with SIG$signal"
  done

  # The wrapper's own Java: killed as by a system out of memory, crashed, and one that cannot start.
  for signal in KILL SEGV; do
    touch "$app/src/main.rs"
    rm -rf "$target/pollard/cache"
    fault "$root/pollard" build --effort max --time-limit 5s &
    job=$!
    for _ in $(seq 400); do
      ! pkill -$signal -f "dev.pollard.Main rustc-wrapper .*$target" || break
      sleep 0.02
    done
    wait $job
    check "the wrapper with SIG$signal: the build ends well" test $? -eq 0
    check "the wrapper with SIG$signal: one line says why nothing is pruned" test \
      "$(grep -c 'warning: Pollard came to no end, so nothing is pruned: ' "$work/fault.log")" -eq 1
    check "the wrapper with SIG$signal: the artifact is the stock one to the byte" cmp "$stock" "$program"
    heals "the wrapper with SIG$signal"
    clean "the wrapper with SIG$signal"
  done
  touch "$app/src/main.rs"
  rm -rf "$target/pollard/cache"
  (cd "$app" && CARGO_TARGET_DIR=$target exec "$root/pollard" build --effort max --time-limit 60s) > "$work/fault.log" 2>&1 &
  job=$!
  for _ in $(seq 400); do
    ! pgrep -f "dev.pollard.Main rustc-wrapper .*$target" > /dev/null || break
    sleep 0.02
  done
  sleep 1
  kill -TERM $job
  wait $job
  check 'a build that is told to end: it ends' test $? -ne 0
  for _ in $(seq 100); do
    pgrep -f "rustc-wrapper .*$target" > /dev/null || break
    sleep 0.1
  done
  check 'a build that is told to end: no prune lives on' eval '! pgrep -f "rustc-wrapper .*$target"'
  heals 'a build that is told to end'

  # cargo_alone VARIABLE=VALUE...: plain cargo, with Pollard's wrapper.
  cargo_alone() {
    touch "$app/src/main.rs"
    fault env RUSTC_WORKSPACE_WRAPPER="$root/pollard-rustc" "$@" cargo build --release
  }
  cargo_alone JAVA_TOOL_OPTIONS=-XX:+NoSuchOption
  check 'a Java that cannot start: the build ends well' test $? -eq 0
  check 'a Java that cannot start: it says why' grep 'nothing is pruned: its Java could not start' "$work/fault.log"
  check 'a Java that cannot start: the artifact is the stock one to the byte' cmp "$stock" "$program"
  cargo_alone JAVA_TOOL_OPTIONS=-XX:+NoSuchOption POLLARD_DENY_FALLBACK=true
  check 'a Java that cannot start: --deny-fallback makes it an error' test $? -ne 0
  cargo_alone POLLARD_HOME="$work/nowhere"
  check 'a POLLARD_HOME without Pollard: the build ends well' test $? -eq 0
  check 'a POLLARD_HOME without Pollard: it says why' grep 'nothing is pruned: there is no .*nowhere/pollard' "$work/fault.log"

  # A rustc that is killed, always or beside Pollard alone.
  cat > "$work/dies" << 'EOF'
#!/bin/sh
case "$*" in *--crate-name*$DIES*) kill -9 $$ ;; esac
exec "$@"
EOF
  chmod +x "$work/dies"
  DIES=save-temps RUSTC_WORKSPACE_WRAPPER=$work/dies build
  stays 'a rustc killed beside Pollard' $? 'rustc died beside Pollard.s workers (signal 9)'
  DIES='small' RUSTC_WORKSPACE_WRAPPER=$work/dies build
  ends 'a rustc that is always killed' $? '^error: .*rustc died \(signal 9\)'

  # Two builds at once in one target folder.
  touch "$app/src/main.rs"
  (cd "$app" && CARGO_TARGET_DIR=$target "$root/pollard" build > "$work/first.log" 2>&1) &
  job=$!
  fault "$root/pollard" build
  check 'two builds at once: the second ends well' test $? -eq 0
  wait $job
  check 'two builds at once: the first ends well' test $? -eq 0
  works 'two builds at once'

  # A folder to work in that cannot be made.
  rm -rf "$target/pollard"
  touch "$target/pollard"
  build
  stays 'no folder to work in' $? 'cannot make a folder to work in: .*pollard.*Not a directory.*--target-dir'
  rm -f "$target/pollard"
  heals 'no folder to work in'

  # A report that cannot be written: a folder is in its place.
  rm -f "$target/pollard/small.json"
  mkdir -p "$target/pollard/small.json/full"
  build
  check 'no report: the build ends well' test $? -eq 0
  check 'no report: one line says so' test "$(grep -c 'report cannot be written: .*small.json' "$work/fault.log")" -eq 1
  works 'no report'
  clean 'no report'
  rm -r "$target/pollard/small.json"
  heals 'no report'

  # Links that fail: the wrapper of the linker counts them.
  cat > "$linker" << 'EOF'
#!/bin/sh
count=$(($(cat "$0.count" 2> /dev/null) + 1))
echo $count > "$0.count"
fill() { cat /dev/zero > "$FILL/filler" 2> /dev/null; }
case $MODE$count in
  fail-first1 | fail-second2 | fail-pruned[23]) echo "this linker had a bad day" >&2; exit 3 ;;
  fill-first1) cc "$@" || exit; fill ;;
  fill-second1) exec cc "$@" ;;
  # A trial's link; whatever a search gives back of the space is taken again before the last one.
  fill-second*) fill; exec cc "$@" ;;
  larger-pruned[23] | other-pruned[23]) exec cc "$@" "$0.${MODE%-*}.o" ;;
  *) exec cc "$@" ;;
esac
EOF
  chmod +x "$linker"
  # linked MODE FLAG...
  linked() {
    local name
    name=CARGO_TARGET_$(tr a-z- A-Z_ <<< "$host")_LINKER
    rm -f "$linker.count"
    touch "$app/src/main.rs"
    rm -rf "$target/pollard/cache"
    MODE=$1
    shift
    MODE=$MODE FILL=$target fault env "$name=$linker" "$root/pollard" build "$@"
  }
  linked fail-second
  check 'a pruned link that fails once: another recipe is taken' test $? -eq 0 -a "$(cat "$linker.count")" -eq 3
  check 'a pruned link that fails once: the program is pruned' grep '^  flash ' "$work/fault.log"
  works 'a pruned link that fails once'
  linked fail-pruned
  stays 'a pruned link that fails' $? 'the pruned link failed: this linker had a bad day (exit code 3 of .*fault-linker)'
  # A result that is larger after all, and one in which something is not as in stock.
  printf '.section .rodata.larger,"aR"\n.space 9000\n' | cc -c -x assembler -o "$linker.larger.o" -
  printf '.section of_another,"aR"\n.space 8\n' | cc -c -x assembler -o "$linker.other.o" -
  linked larger-pruned
  stays 'a larger result' $? 'the pruned artifact is not smaller (1[0-9]* bytes against [0-9]*)'
  linked other-pruned
  stays 'a check that fails' $? 'section .of_another. is new in the pruned artifact'
  linked fail-first
  ends 'a stock link that fails' $? 'linking with .*fault-linker. failed: exit status: 3'
  check 'a stock link that fails: the linker is heard' grep 'this linker had a bad day' "$work/fault.log"
  linked none
  check 'a link that fails: the next build heals' grep '^  flash ' "$work/fault.log"

  # Bitcode cut short between rustc and the prune, by a wrapper that was there before Pollard's.
  cat > "$work/cut" << 'EOF'
#!/bin/bash
"$@" || exit
while [ $# -gt 0 ]; do
  if [ "$1" = --out-dir ]; then folder=$2; fi
  shift
done
for file in "$folder"/*$CUT; do
  if [ -f "$file" ] && [[ $file != *.no-opt.bc ]]; then truncate -s -1000 "$file"; fi
done
EOF
  chmod +x "$work/cut"
  local kind
  for kind in .lto.after-restriction.bc .rcgu.bc; do
    export CUT=$kind RUSTC_WORKSPACE_WRAPPER=$work/cut
    build
    stays "bitcode cut short ($kind)" $? "cannot parse .*$kind: "
    unset CUT RUSTC_WORKSPACE_WRAPPER
  done
  POLLARD_KEEP_CAPTURE=$work/captured build
  head -c 5000 "$work"/captured/small/*.rcgu.bc > "$work/cut.bc"
  ./pollard opt --passes=future-moves "$work/cut.bc" > "$work/fault.log" 2>&1
  check 'opt of bitcode cut short is an error' test $? -eq 101
  check 'opt of bitcode cut short: one line names the file' eval \
    'test "$(wc -l < "$work/fault.log")" -eq 1 && grep "^error: cannot parse .*cut.bc: " "$work/fault.log"'
  ./pollard opt --passes=future-moves "$work/none.bc" > "$work/fault.log" 2>&1
  check 'opt of no file: one line names it' eval \
    'test "$(wc -l < "$work/fault.log")" -eq 1 && grep "^error: cannot read .*none.bc: " "$work/fault.log"'

  # A worker that breaks the module just before it is verified: in a copy of Pollard.
  local wrong=$work/breaks-modules runner=src/main/java/dev/pollard/pass/PassRunner.java
  if ! command -v mvn > /dev/null; then
    skipped 'faults: no Maven, to build a Pollard that is wrong'
  else
    mkdir -p "$wrong/src"
    cp pom.xml pollard pollard-rustc "$wrong/"
    cp -r src/main "$wrong/src/main"
    sed -i 's|^    if (runner.verify() == Verify.BETWEEN) {|&\
      for (var function : module.functions()) {\
        for (var block : function.blocks()) {\
          if (block.terminator().opcode() == dev.pollard.llvm.Opcode.RET) block.terminator().erase();\
        }\
      }\
      unverified.add("a mistake");|' "$wrong/$runner"
    if cmp -s $runner "$wrong/$runner" || ! "$wrong/pollard" --version > "$work/fault.log" 2>&1; then
      failed 'a Pollard that breaks modules is built' "$work/fault.log"
    else
      # cargo makes another program with a wrapper that lies elsewhere.
      touch "$app/src/main.rs"
      POLLARD_OFF=1 fault "$wrong/pollard" build
      cp "$stock" "$stock.true"
      cp "$program" "$stock"
      touch "$app/src/main.rs"
      rm -rf "$target/pollard/cache"
      fault "$wrong/pollard" build
      stays 'a module that is broken' $? 'LLVM.s verifier complains: .* does not have terminator'
      cp "$stock.true" "$stock"
      heals 'a module that is broken'
    fi
  fi

  # Flags that win over what Pollard sets.
  local flags
  for flags in '-C lto=thin' '-C opt-level=1'; do
    RUSTFLAGS=$flags POLLARD_OFF=1 fault "$root/pollard" build
    cp "$program" "$stock.flags"
    RUSTFLAGS=$flags fault "$root/pollard" build
    check "$flags: the build ends well" test $? -eq 0
    check "$flags: one line says why the stock artifact stays" eval 'test "$(grep -c "stock artifact kept: " "$work/fault.log")" -eq 1 &&
      grep -E "stock artifact kept: (LTO is thin where fat is needed: RUSTFLAGS|opt-level is 1: set 2, 3, s or z)" "$work/fault.log"'
    check "$flags: the artifact is the stock one to the byte" cmp "$stock.flags" "$program"
    clean "$flags"
    RUSTFLAGS=$flags fault "$root/pollard" build --deny-fallback
    check "$flags: --deny-fallback makes it an error" test $? -ne 0
  done
  fault "$root/pollard" build --config 'profile.release.lto="thin"' --deny-fallback
  check '--config that wins over the profile: --deny-fallback makes it an error' test $? -ne 0
  check '--config that wins over the profile: one line says so' test \
    "$(grep -c 'stock artifact kept: LTO is thin where fat is needed: .*--config' "$work/fault.log")" -ge 1

  # Compilers that Pollard cannot work with.
  local real
  real=$(rustc --print=sysroot)/bin/rustc
  mkdir -p "$work/strange/bin" "$work/inside/bin"
  cat > "$work/strange/bin/rustc" << EOF
#!/bin/sh
case \$* in
  -vV) '$real' -vV | sed 's/^LLVM version: .*/LLVM version: 99.1.0/' ;;
  *) exec '$real' "\$@" ;;
esac
EOF
  cat > "$work/inside/bin/rustc" << EOF
#!/bin/sh
case \$* in
  --print=sysroot) echo '$work/nowhere' ;;
  *) exec '$real' "\$@" ;;
esac
EOF
  chmod +x "$work"/{strange,inside}/bin/rustc
  # What rustc -vV says is part of the names of symbols.
  cp "$stock" "$stock.true"
  RUSTC=$work/strange/bin/rustc POLLARD_OFF=1 build
  cp "$program" "$stock"
  RUSTC=$work/strange/bin/rustc build
  stays 'an unknown LLVM' $? 'does not know LLVM 99.1.0, .* use a rustc with LLVM 22 .*POLLARD_ANY_LLVM=1'
  RUSTC=$work/strange/bin/rustc POLLARD_ANY_LLVM=1 fault "$root/pollard" build
  check 'an unknown LLVM: who wants to try may' grep '^  flash ' "$work/fault.log"
  cp "$stock.true" "$stock"
  RUSTC=$work/inside/bin/rustc build
  stays 'a rustc with its LLVM inside' $? 'inside/bin/rustc holds its LLVM inside itself: .*rustup'

  if ! can_mount; then
    skipped 'faults: a full disk and a read-only target folder: only root can mount'
    return
  fi
  # A full disk: at the capture, which needs much; when rustc has ended; at the pruned link.
  local size
  rm -rf "$target"
  for size in 300 1800; do
    mkdir -p "$target"
    mount -t tmpfs -o size=${size}k none "$target"
    build
    stays "a disk of $size KiB" $? "no space left for a prune in $target/pollard/work: .*--target-dir"
    check "a disk of $size KiB: no error of the first try is seen" eval '! grep -i "error\|LLVM" "$work/fault.log"'
    mount -o remount,size=20m "$target"
    heals "a disk of $size KiB"
    umount "$target"
  done
  for size in fill-first fill-second; do
    mount -t tmpfs -o size=6m none "$target"
    linked $size
    stays "a disk full at $size" $? "no space left for a prune in $target/pollard/work: .*--target-dir"
    rm "$target/filler"
    linked none
    check "a disk full at $size: the next build heals" grep '^  flash ' "$work/fault.log"
    umount "$target"
  done
  mount -t tmpfs -o size=16k none "$target"
  build
  check 'a disk too full for stock too: the build fails' test $? -eq 101
  check 'a disk too full for stock too: it says why' grep -i 'no space left' "$work/fault.log"
  umount "$target"

  # Read-only: Pollard's own folder, then all of it.
  mount -t tmpfs -o size=20m none "$target"
  mkdir "$target/pollard"
  mount -t tmpfs -o size=1m,ro none "$target/pollard"
  build
  stays "a read-only folder of Pollard's" $? 'cannot make a folder to work in: .*/pollard.*Read-only file system.*--target-dir'
  umount "$target/pollard"
  heals "a read-only folder of Pollard's"
  touch "$app/src/main.rs"
  mount -o remount,ro "$target"
  fault "$root/pollard" build
  ends 'a read-only target folder' $? 'Read-only file system'
  works 'a read-only target folder'
  mount -o remount,rw "$target"
  heals 'a read-only target folder'
  umount "$target"
}

if command -v cargo > /dev/null; then
  faults
  umount "$work/fault-target/pollard" "$work/fault-target" 2> /dev/null || true
else
  skipped 'faults: no cargo'
fi
