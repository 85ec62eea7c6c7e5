; RUN: opt --passes=frame-pointers
; A hosted program: profilers walk frames.
target triple = "x86_64-unknown-linux-gnu"
define i32 @all(i32 %x) #0 {
  ret i32 %x
}

attributes #0 = { minsize "frame-pointer"="all" "target-cpu"="generic" }
