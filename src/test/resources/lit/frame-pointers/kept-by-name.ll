; RUN: opt --passes=frame-pointers --keep=^app::run$
; A function is kept by its demangled name, in either mangling; another of the same crate is not.
target triple = "thumbv7m-none-eabi"
define void @_RNvCs1234_3app3run() "frame-pointer"="all" {
  ret void
}
define void @_ZN3app4rest17h0123456789abcdefE() "frame-pointer"="all" {
  ret void
}
