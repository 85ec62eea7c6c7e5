; RUN: opt --passes=frame-pointers
; Naked and optnone functions are as their authors wrote them.
target triple = "thumbv7em-none-unknown-eabi"

define void @reset() #0 {
  call void asm sideeffect "b main", ""()
  unreachable
}

define i32 @slow(i32 %x) #1 {
  ret i32 %x
}

attributes #0 = { naked "frame-pointer"="all" }
attributes #1 = { noinline optnone "frame-pointer"="all" }
