# Other people's tests pruned: the quick crates of bench/suites.tsv. docs/suites.md has the rest. Sourced by ./test.
# shellcheck shell=bash

# alike NAME CRATE...: passes when every test of theirs ends as in stock, and no program stayed stock.
alike() {
  local name=$1
  shift
  if DENY_STOCK=1 POLLARD_EFFORT=fast WORK=$cache/suites bench/suites "$@" > "$work/suites.log" 2>&1; then
    passed "$(sed -nE "s/^[0-9]+ crates, ([0-9]+) tests in .*; 0 crates differ$/\1 tests of $name end as in stock/p" "$work/suites.log")"
  else
    failed "tests of $name end as in stock" "$work/suites.log"
  fi
}

# noticed NAME EDIT TEXT: what bench/suites says of a Pollard whose output is edited so.
noticed() {
  printf '#!/bin/bash\nset -o pipefail\ncargo "$@" 2>&1 | sed %q\n' "$2" > "$work/spoilt"
  chmod +x "$work/spoilt"
  if POLLARD=$work/spoilt TRIES=1 WORK=$cache/suites bench/suites async-channel > "$work/suites.log" 2>&1; then
    failed "$1 is noticed" "$work/suites.log"
  else
    check "$1 is noticed" grep -qF "$3" "$work/suites.log"
  fi
}

if command -v cargo > /dev/null; then
  alike 'heapless and async-channel' heapless async-channel
  channel="async-channel $(awk -F'\t' '$1 == "async-channel" { print $2 }' bench/suites.tsv), tests/unbounded.rs"
  noticed 'a test that fails pruned' 's/^test smoke \.\.\. ok$/test smoke ... FAILED/' \
    "$channel: smoke: stock ok, pruned FAILED"
  noticed 'a result that is lost' '/^test smoke \.\.\. ok$/d' 'the results of the pruned suite cannot be read'
  noticed 'a program that ends early' '/^test result: /d' \
    "$channel: (the program): stock ran to its end, pruned ended early"
else
  skipped 'suites: no cargo'
fi
