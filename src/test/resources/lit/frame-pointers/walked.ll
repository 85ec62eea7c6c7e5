; RUN: opt --passes=frame-pointers
; One function walks frames: every function must keep its own.
target triple = "thumbv7em-none-unknown-eabi"

define ptr @caller() #0 {
  %frame = call ptr @llvm.frameaddress.p0(i32 1)
  ret ptr %frame
}

define i32 @other(i32 %x) #0 {
  ret i32 %x
}

declare ptr @llvm.frameaddress.p0(i32 immarg)

attributes #0 = { "frame-pointer"="all" }
