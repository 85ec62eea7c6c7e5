; RUN: opt --passes=frame-pointers --keep=all
; Kept.
target triple = "thumbv7em-none-unknown-eabi"
define i32 @all(i32 %x) #0 {
  ret i32 %x
}

attributes #0 = { minsize "frame-pointer"="all" "target-cpu"="generic" }
