; RUN: opt --passes=inline-threshold(35)
; A caller without a threshold and one with another: both get this one. Declarations get none.
declare void @elsewhere()
define void @caller() {
  call void @elsewhere()
  ret void
}
define void @other() "function-inline-threshold"="5" {
  call void @caller()
  ret void
}
