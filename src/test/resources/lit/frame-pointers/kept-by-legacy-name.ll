; RUN: opt --passes=frame-pointers --keep=^app::run
; The legacy mangling of a kept function: nothing changes.
target triple = "thumbv7m-none-eabi"
define void @_ZN3app3run17h0123456789abcdefE() "frame-pointer"="all" {
  ret void
}
