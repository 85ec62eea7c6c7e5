; RUN: opt --passes=round-z
; Two additions become one.
define i32 @twice(i32 %x) {
  %a = add i32 %x, 1
  %b = add i32 %a, 2
  ret i32 %b
}
