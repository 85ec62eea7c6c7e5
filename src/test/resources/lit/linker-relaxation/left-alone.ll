; RUN: opt --passes=linker-relaxation
; Somebody has decided already; features that nobody knows; calls in inline assembly, which may
; count on their length.
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-unknown-none-elf"

declare void @elsewhere()

define void @relaxed() #0 {
  call void @elsewhere()
  ret void
}

define void @exact() #1 {
  call void @elsewhere()
  ret void
}

define void @unknown() minsize {
  call void @elsewhere()
  ret void
}

define void @empty() #2 {
  call void @elsewhere()
  ret void
}

define void @call() #3 {
  call void asm sideeffect "beqz $0, . + 12\0A\09call elsewhere", "r"(i32 8)
  ret void
}

define void @tail() #3 {
  call void asm sideeffect "TAIL elsewhere", ""()
  ret void
}

define void @jump() #3 {
  call void asm sideeffect "jump elsewhere, t0", ""()
  ret void
}

define void @pair() #3 {
  call void asm sideeffect "1: auipc ra, %pcrel_hi(elsewhere)\0Ajalr %pcrel_lo(1b)(ra)", ""()
  ret void
}

attributes #0 = { "target-features"="+m,+relax,+c" }
attributes #1 = { "target-features"="+m,-relax" }
attributes #2 = { "target-features"="" }
attributes #3 = { "target-features"="+m,+a,+c" }
