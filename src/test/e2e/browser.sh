# The page of `pollard inspect --html` in Chromium: greenhouse, pruned beside stock, and a fixture.
# Screenshots are left in target/pages. Sourced by ./test.
# shellcheck shell=bash

# in_browser NAME [FLAG...]
in_browser() {
  local name=$1 java log=$work/browser.log
  shift
  find_jdk
  JAVA_HOME=$java PATH=/usr/lib/llvm-22/bin:$PATH mvn -B test -Dtest=PageInBrowser "$@" > "$log" 2>&1
  if grep -qE 'Tests run: [1-9][0-9]*, Failures: 0, Errors: 0, Skipped: 0$' "$log"; then
    passed "the page of $name, as a person meets it"
  else
    grep -E '^\[ERROR\]' "$log" > "$work/browser.errors"
    failed "the page of $name" "$work/browser.errors"
  fi
}

java=
find_jdk
if [ -z "$java" ] || ! { command -v mvn && command -v chromium && command -v chromedriver; } > /dev/null; then
  skipped 'browser: no JDK 25, Maven, chromium or chromedriver (Debian: chromium, chromium-driver)'
else
  in_browser 'the fixture'
  if has_bare_metal; then
    before=$PATH
    bare_metal
    build_std=-Zbuild-std=core,alloc
    if stock examples/greenhouse thumbv7m-none-eabi greenhouse z "$work/page/greenhouse" &&
      pruned examples/greenhouse thumbv7m-none-eabi greenhouse "$work/page/greenhouse.pruned" \
        --html "$work/page/build.html"; then
      check 'build --html writes a page with stock beside it' eval \
        'grep -q "id=\"against\">{" "$work/page/build.html" && ! grep -q "without stock" "$work/pruned.log"'
      in_browser greenhouse "-Dpollard.before=$work/page/greenhouse" "-Dpollard.after=$work/page/greenhouse.pruned"
    else
      failed 'greenhouse builds' "$work/pruned.log"
    fi
    unset RUSTC_BOOTSTRAP RUSTC CARGO build_std
    PATH=$before
  else
    skipped 'browser: greenhouse, no toolchain for bare-metal targets'
  fi
fi
