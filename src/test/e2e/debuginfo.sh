# Debug info of pruned programs, against stock's. Sourced by ./test.
# shellcheck shell=bash

# starts ELF: each function's symbol, with the name, file and line that debug info gives to its start.
# Functions at one address are left out: they were merged, and debug info knows one of them.
starts() {
  llvm-nm --defined-only --format=posix "$1" | awk '$2 ~ /^[tTwW]$/ && $4 != "" {
      count[$3]++; name[$3] = $1
    } END { for (a in count) if (count[a] == 1) print name[a], "0x" a }' | sort > "$work/symbols"
  cut -d' ' -f2 "$work/symbols" |
    llvm-symbolizer --obj="$1" --functions=linkage --no-demangle --verbose |
    awk 'BEGIN { RS = ""; FS = "\n" } {
        file = "-"; line = "-"; name = ""
        for (i = 1; i <= NF; i++) {
          if ($i !~ /^ /) { name = $i; file = "-"; line = "-" }
          if ($i ~ /^  Function start filename: /) file = substr($i, 28)
          if ($i ~ /^  Function start line: /) line = substr($i, 24)
        }
        print name, file, line
      }' | paste -d' ' <(cut -d' ' -f1 "$work/symbols") - | sort
}

# dwarf_errors ELF: how many complaints of the verifier are about code that is there. What the linker
# drops lies at one address, in stock too, and there everything overlaps.
dwarf_errors() {
  llvm-dwarfdump --verify "$1" 2>&1 | awk '
    /^error: (Aggregated|.* occurred )/ { next }
    /^(error|warning):/ { if (block != "" && !dead) n++; block = $0; dead = 0; next }
    /low_pc.*\(0x(0+|f+)\)/ || /\[0x0*[01], 0x0*[01]\)/ { dead = 1 }
    END { if (block != "" && !dead) n++; print n + 0 }'
}

# same_debug_info NAME STOCK PRUNED LEAST: for at least LEAST functions that are in both.
same_debug_info() {
  starts "$2" > "$work/stock.starts"
  starts "$3" > "$work/pruned.starts"
  join "$work/stock.starts" "$work/pruned.starts" > "$work/both.starts"
  awk '$2 != $5 || $3 != $6 || $4 != $7' "$work/both.starts" > "$work/other.starts"
  check "$1: at least $4 functions are in both" test "$(wc -l < "$work/both.starts")" -ge "$4"
  check "$1: poll functions are among them, with a line" grep -qE '(closure|NC).* .*\.rs [1-9]' "$work/both.starts"
  check "$1: a function's start has the same function, file and line" eval \
    '! grep . "$work/other.starts"'
  check "$1: no more complaints of DWARF's verifier" test "$(dwarf_errors "$3")" -le "$(dwarf_errors "$2")"
  check "$1: no path of Pollard's folder" test "$(grep -c pollard/work "$3")" -eq 0
}

# inspects NAME ELF MACHINE: inspect accounts for every byte of the flash, and knows the machine.
inspects() {
  "$root/pollard" inspect --json --by line "$2" > "$work/inspect.json" 2> "$work/inspect.log" ||
    { failed "$1: inspect reads it" "$work/inspect.log"; return; }
  check "$1: inspect's flash is llvm-size's" \
    test "$(sed -nE 's/^  "flash" : ([0-9]+),$/\1/p' "$work/inspect.json")" -eq "$(flash "$2")"
  check "$1: the lines add up to the flash" \
    test "$(sed -nE 's/^    "bytes" : ([0-9]+),$/\1/p' "$work/inspect.json" | awk '{ s += $1 } END { print s }')" -eq "$(flash "$2")"
  check "$1: inspect knows $3" grep -qF "\"name\" : \"$3\"" "$work/inspect.json"
}

# frames PROGRAM WAY: the frames of a backtrace, without the number of the thread.
frames() {
  RUST_BACKTRACE=1 "$1" "$2" 2>&1 | sed -E "s/^(thread 'main') \([0-9]+\)/\1/"
}

backtraces() {
  local programs=src/test/e2e/programs/backtrace program=$CARGO_TARGET_DIR/release/backtrace way
  touch $programs/src/main.rs
  (cd $programs && POLLARD_OFF=1 "$root/pollard" build) > "$work/stock.log" 2>&1 && cp "$program" "$work/backtrace.stock" &&
    (cd $programs && "$root/pollard" build --effort fast) > "$work/pruned.log" 2>&1 && cp "$program" "$work/backtrace.pruned" ||
    { failed 'backtrace builds' "$work/pruned.log"; return; }
  check 'backtrace is pruned' eval '! cmp -s "$work/backtrace.stock" "$work/backtrace.pruned"'
  for way in 0 1 2; do
    frames "$work/backtrace.stock" $way > "$work/stock.frames"
    frames "$work/backtrace.pruned" $way > "$work/pruned.frames"
    check "way $way: the output and every frame, its name and line, are the same" diff "$work/stock.frames" "$work/pruned.frames"
    if [ $way -gt 0 ]; then
      check "way $way: poll functions are among the frames" test "$(grep -c '{{closure}}' "$work/stock.frames")" -ge 3
    fi
  done
  # Await points that were merged have no line rather than a wrong one.
  frames "$work/backtrace.stock" 3 | sed -E 's/^( +at .*main\.rs).*/\1/' > "$work/stock.frames"
  frames "$work/backtrace.pruned" 3 | sed -E 's/^( +at .*main\.rs).*/\1/' > "$work/pruned.frames"
  check 'way 3: the frames have the same names and files' diff "$work/stock.frames" "$work/pruned.frames"
  frames "$work/backtrace.stock" 3 | grep -o 'main\.rs:[1-9].*' > "$work/stock.lines"
  check 'way 3: no frame has a wrong line' eval \
    '! frames "$work/backtrace.pruned" 3 | grep -o "main\.rs:[1-9].*" | grep -v -x -F -f "$work/stock.lines"'
  same_debug_info backtrace "$work/backtrace.stock" "$work/backtrace.pruned" 200
  inspects 'backtrace, stock' "$work/backtrace.stock" backtrace::half
  inspects 'backtrace, pruned' "$work/backtrace.pruned" backtrace::half
}

# strips SETTING SECTION...: the pruned program lacks these sections.
strips() {
  local programs=src/test/e2e/programs/small program=$CARGO_TARGET_DIR/release/small setting=$1 section
  shift
  (cd $programs && CARGO_PROFILE_RELEASE_DEBUG=2 CARGO_PROFILE_RELEASE_STRIP=$setting "$root/pollard" build --effort fast) \
    > "$work/pruned.log" 2>&1 || { failed "strip=$setting builds" "$work/pruned.log"; return; }
  check "strip=$setting: it is pruned" eval '! grep "stock artifact kept" "$work/pruned.log" && grep -E "^  flash |unchanged" "$work/pruned.log"'
  check "strip=$setting: it works" test "$("$program")" = works
  llvm-readelf -SW "$program" > "$work/sections"
  for section in .debug_info .symtab; do
    case " $* " in
      *" $section "*) check "strip=$setting: no $section" eval '! grep " $section " "$work/sections"' ;;
      *) check "strip=$setting: $section is there" grep -q " $section " "$work/sections" ;;
    esac
  done
}

# splits KIND: split debug info stays as cargo alone makes it, and a line says so.
splits() {
  local programs=src/test/e2e/programs/small folder=$work/split-$1
  for off in 1 ''; do
    (cd $programs && CARGO_TARGET_DIR=$folder$off POLLARD_OFF=$off CARGO_PROFILE_RELEASE_DEBUG=2 \
      CARGO_PROFILE_RELEASE_SPLIT_DEBUGINFO=$1 "$root/pollard" build) > "$work/split.log" 2>&1 ||
      { failed "split-debuginfo=$1 builds" "$work/split.log"; return; }
  done
  check "split-debuginfo=$1: one line says that stock stays" test "$(grep -c "stock artifact kept: .*split-debuginfo=$1" "$work/split.log")" -eq 1
  check "split-debuginfo=$1: it works" test "$("$folder/release/small")" = works
  (cd "$folder/release" && find . -name '*.dw[op]' | sort) > "$work/split.files"
  (cd "${folder}1/release" && find . -name '*.dw[op]' | sort) > "$work/split.stock"
  check "split-debuginfo=$1: the same files as without Pollard" eval 'test -s "$work/split.stock" && diff "$work/split.stock" "$work/split.files"'
}

if command -v llvm-symbolizer > /dev/null || PATH=$PATH:/usr/lib/llvm-22/bin command -v llvm-symbolizer > /dev/null; then
  before=$PATH
  PATH=$PATH:/usr/lib/llvm-22/bin
  if command -v cargo > /dev/null; then
    backtraces
    strips none
    strips debuginfo .debug_info
    strips symbols .debug_info .symtab
    strips true .debug_info .symtab
    splits packed
    splits unpacked
  else
    skipped 'debuginfo: no cargo'
  fi
  if has_bare_metal; then
    bare_metal
    build_std=-Zbuild-std=core,alloc
    export CARGO_PROFILE_RELEASE_DEBUG=2
    # This board's flash begins at 0, where the linker puts the debug info of what it drops: over the
    # code that is there, in stock too. Elsewhere it harms nobody.
    mkdir -p "$work/elsewhere"
    cat > "$work/elsewhere/rust-lld" << EOF
#!/bin/sh
exec '$cache/tools/rust-lld' "\$@" -z dead-reloc-in-nonalloc=.debug_info=0xffffffff \\
  -z dead-reloc-in-nonalloc=.debug_line=0xffffffff -z dead-reloc-in-nonalloc=.debug_aranges=0xffffffff
EOF
    chmod +x "$work/elsewhere/rust-lld"
    PATH=$work/elsewhere:$PATH
    out=$work/debuginfo/greenhouse
    touch examples/greenhouse/src/*.rs
    if POLLARD_OFF=1 pruned examples/greenhouse thumbv7m-none-eabi greenhouse "$out.stock" &&
      pruned examples/greenhouse thumbv7m-none-eabi greenhouse "$out.pruned"; then
      smaller 'greenhouse with debug info' "$(flash "$out.stock")" "$(flash "$out.pruned")"
      same_debug_info 'greenhouse (thumbv7m-none-eabi)' "$out.stock" "$out.pruned" 30
      inspects 'greenhouse, stock' "$out.stock" greenhouse::thermometer
      inspects 'greenhouse, pruned' "$out.pruned" greenhouse::thermometer
    else
      failed 'greenhouse builds with debug info' "$work/pruned.log"
    fi
    unset RUSTC_BOOTSTRAP RUSTC CARGO build_std CARGO_PROFILE_RELEASE_DEBUG
  else
    skipped 'debuginfo of firmware: no toolchain for bare-metal targets'
  fi
  PATH=$before
else
  skipped 'debuginfo: no llvm-symbolizer'
fi
