; RUN: opt --passes=inline-decisions --tune=src/test/resources/lit/inline-decisions/decided.tune
; By callee, caller and which of the caller's calls it is; the third call is left to LLVM. Of two
; functions of one name the second is meant.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare i32 @personality(...)
declare void @elsewhere()

define void @callee() minsize {
  call void @elsewhere()
  ret void
}

define internal void @_ZN3lit5twice17h0000000000000001E() minsize {
  ret void
}

define internal void @_ZN3lit5twice17h0000000000000002E() minsize {
  call void @elsewhere()
  ret void
}

define void @caller() minsize {
  call void @callee()
  call void @_ZN3lit5twice17h0000000000000001E()
  call void @_ZN3lit5twice17h0000000000000002E()
  call void @callee()
  call void @callee()
  ret void
}

define void @invoking() minsize personality ptr @personality {
  invoke void @callee() to label %done unwind label %bad
done:
  ret void
bad:
  %p = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %p
}
