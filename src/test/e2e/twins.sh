# Programs written twice: the async one pruned behaves as it does stock. Sourced by ./test.
# shellcheck shell=bash

if has_bare_metal; then
  before=$PATH
  bare_metal
  build_std=-Zbuild-std=core,alloc
  export POLLARD_KEEP_CAPTURE=$work/twins/captures
  touch examples/twins/src/*.rs examples/twins/src/bin/*.rs examples/article/src/*.rs
  for twin in sensor-display data-logger line-protocol radio request-handler; do
    out=$work/twins/thumbv7m-none-eabi/$twin
    if stock examples/twins thumbv7m-none-eabi $twin-async z "$out.z" &&
      pruned examples/twins thumbv7m-none-eabi $twin-async "$out.pruned"; then
      same_under_qemu "$twin-async" "$out.z" "$out.pruned"
      parity "$twin-async" "$POLLARD_KEEP_CAPTURE/$twin-async"
      smaller "$twin-async" "$(flash "$out.z")" "$(flash "$out.pruned")"
    else
      failed "$twin-async builds" "$work/pruned.log"
    fi
  done
  for article in foo bar match-arms chain; do
    out=$work/article/thumbv7m-none-eabi/$article
    if stock examples/article thumbv7m-none-eabi $article z "$out.z" &&
      pruned examples/article thumbv7m-none-eabi $article "$out.pruned"; then
      same_under_qemu "article $article" "$out.z" "$out.pruned"
      parity "article $article" "$POLLARD_KEEP_CAPTURE/$article"
    else
      failed "article $article builds" "$work/pruned.log"
    fi
  done
  unset RUSTC_BOOTSTRAP RUSTC CARGO build_std POLLARD_KEEP_CAPTURE
  PATH=$before
else
  skipped 'twins: no toolchain for bare-metal targets'
fi
