# pollard lint on real builds: a program with something for each rule, whose changes are tried, made
# and taken back, and a firmware. Sourced by ./test.
# shellcheck shell=bash

# tells NAME FILE PATTERN
tells() {
  if grep -Eq -- "$3" "$2"; then passed "$1"; else failed "$1" "$2"; fi
}

# finds RULE LINE: the annotations in $found have that finding.
finds() {
  tells "$1 is found on line $2" "$found" "^::(warning|notice) file=src/main.rs,line=$2,title=pollard lint%3A $1::"
}

# The line of the linted program that a pattern is on.
line_of() {
  grep -nE -- "$1" "$linted/src/main.rs" | head -n 1 | cut -d : -f 1
}

linted_program() {
  linted=$work/linted found=$work/lint.found
  local log=$work/lint.log
  cp -r "$root/src/test/e2e/programs/linted" "$linted"
  printf 'target\nCargo.lock\n' > "$linted/.gitignore"
  (cd "$linted" && git init --quiet . && git config user.name linted && git config user.email linted@example.org &&
    git add -A && git commit --quiet -m one) > "$log" 2>&1
  (cd "$linted" && "$root/pollard" lint --json --github --sarif "$work/lint.sarif") > "$found" 2> "$log"
  check 'a program is linted' test $? -eq 0
  finds never-awaits "$(line_of 'async fn checksum')"
  finds pass-through "$(line_of 'async fn read_status')"
  finds same-await "$(line_of 'match channel')"
  finds large-local "$(line_of 'let mut buffer')"
  finds argument-twice "$(line_of 'async fn sum_later')"
  finds guard-held "$(line_of 'let mut total = TOTAL')"
  finds ready-method "$(line_of 'async fn stop.*\{')"
  finds box-pin "$(line_of 'sum \+= buffered')"
  finds large-spawn "$(line_of 'async fn crowd')"
  local left
  for left in 'async fn silenced' 'async fn scoped' 'async fn let_go' 'async fn mixed' 'async fn go.*\{'; do
    check "nothing is found at $left" test "$(grep -c "^::.*,line=$(line_of "$left")," "$found")" -eq 0
  done
  check 'no change borrows what is gone' \
    test "$(grep "^::.*,line=$(line_of 'async fn read_owned')," "$found" | grep -vc 'argument-twice')" -eq 0
  tells 'one finding is silenced' "$found" '^  "silenced" : 1,$'
  tells 'the bytes of a change that was tried are those of the layout' "$found" \
    'argument-twice::the future of `sum_later` .*saves [0-9]+ bytes of flash, 64 of each future .*tried'
  tells 'a machine that goes leaves less flash' "$found" 'never-awaits::.*saves [0-9]+ bytes of flash'
  tells 'SARIF is written' "$work/lint.sarif" '"ruleId" : "lint/pass-through"'
  check 'the sources stay as they were' test -z "$(git -C "$linted" status --porcelain)"
}

deny_and_allow() {
  local log=$work/lint.log
  (cd "$linted" && "$root/pollard" lint --no-try --deny warn) > "$log" 2>&1
  check '--deny warn ends with 100' test $? -eq 100
  tells 'text points at the place' "$log" '^ *--> src/main.rs:[0-9]+:1$'
  (cd "$linted" && "$root/pollard" lint --no-try --allow never-awaits --github) > "$log" 2>&1
  check 'findings alone are no failure' test $? -eq 0
  tells 'annotations are printed' "$log" '^::warning file=src/main.rs,line=[0-9]+,title=pollard lint%3A pass-through::'
  check 'what is allowed is not told' test "$(grep -c '\[never-awaits\]' "$log")" -eq 0
  (cd "$linted" && "$root/pollard" lint --allow no-such) > "$log" 2>&1
  check 'a rule that is not there ends with 101' test $? -eq 101
  tells 'and a line that names all' "$log" '^error: --allow: there is no rule no-such; there are never-awaits, '
  (cd "$linted" && "$root/pollard" lint --no-try --crate no_such) > "$log" 2>&1
  check 'a crate that is in no program ends with 101' test $? -eq 101
  printf '[package.metadata.pollard.lint]\nallow = ["same-await"]\ndeny = "loud"\n' >> "$linted/Cargo.toml"
  (cd "$linted" && "$root/pollard" lint --no-try) > "$log" 2>&1
  check 'a wrong setting ends with 101' test $? -eq 101
  tells 'and names its file' "$log" '^error: .*Cargo.toml: package.metadata.pollard.lint.deny: loud is no level'
  git -C "$linted" checkout --quiet Cargo.toml
}

fixing() {
  local log=$work/fix.log before after
  echo '// a line' >> "$linted/src/main.rs"
  (cd "$linted" && "$root/pollard" lint --fix) > "$log" 2>&1
  check '--fix leaves a dirty tree alone' test $? -eq 101
  tells 'and says why' "$log" '^error: --fix: git has changes that are not committed'
  git -C "$linted" checkout --quiet src/main.rs
  before=$(cd "$linted" && cargo run --release --quiet 2> /dev/null)
  (cd "$linted" && "$root/pollard" lint --fix) > "$log" 2>&1
  check '--fix makes the changes that are sure' test $? -eq 0
  tells 'and says what they save, and that the tests pass' "$log" \
    '^fixed [3-9] of [0-9]+ findings in 1 file: flash [0-9,]+ -> [0-9,]+, tests pass$'
  check 'the machines that were too many are gone' \
    test "$(grep -cE 'async fn (checksum|read_status|sum_later)' "$linted/src/main.rs")" -eq 0
  after=$(cd "$linted" && cargo run --release --quiet 2> /dev/null)
  check 'and the program prints the same' test -n "$before" -a "$before" = "$after"
  check 'the sources are formatted as before' rustfmt --edition 2024 --check "$linted/src/main.rs"
  # A test that the change breaks: nothing may stay.
  git -C "$linted" checkout --quiet .
  cat >> "$linted/src/main.rs" << 'EOF'

#[test]
fn the_source_is_as_it_was() {
    assert!(include_str!("main.rs").contains(concat!("async ", "fn checksum")));
}
EOF
  git -C "$linted" commit --quiet -am 'a test that looks at the source'
  (cd "$linted" && "$root/pollard" lint --fix) > "$log" 2>&1
  check '--fix whose tests fail ends with 101' test $? -eq 101
  tells 'and says that it took all back' "$log" '^error: --fix: taken back: cargo test fails'
  check 'the sources are as they were' test -z "$(git -C "$linted" status --porcelain)"
}

lint_firmware() {
  if ! has_bare_metal; then
    skipped 'lint: no compiler for bare metal'
    return
  fi
  local log=$work/lint.log
  (bare_metal && cd examples/greenhouse &&
    "$root/pollard" lint --target thumbv7m-none-eabi -Zbuild-std=core,alloc --bin greenhouse) > "$log" 2>&1
  check 'a firmware is linted' test $? -eq 0
  tells 'and its own machines are looked at' "$log" \
    '^[0-9]+ warnings?, [0-9]+ notes? in ([4-9]|[1-9][0-9]) async functions, blocks and closures of greenhouse '
  check 'and not those of its libraries' test "$(grep -c -- '--> .*/registry/' "$log")" -eq 0
}

linted_program
deny_and_allow
fixing
lint_firmware
