; RUN: opt --passes=frame-pointers
; The target's default on firmware goes, whichever it is; other attributes stay.
target triple = "thumbv7em-none-unknown-eabi"

define i32 @all(i32 %x) #0 {
  ret i32 %x
}

define i32 @non_leaf(i32 %x) #1 {
  ret i32 %x
}

; Says that it wants none: that stays as it is.
define i32 @none(i32 %x) #2 {
  ret i32 %x
}

; A section of its own is no obstacle: nothing is called.
define i32 @in_ram(i32 %x) #0 section ".data.ram_func" {
  ret i32 %x
}

declare i32 @elsewhere(i32) #0

attributes #0 = { minsize "frame-pointer"="all" "target-cpu"="generic" }
attributes #1 = { "frame-pointer"="non-leaf" }
attributes #2 = { "frame-pointer"="none" }
