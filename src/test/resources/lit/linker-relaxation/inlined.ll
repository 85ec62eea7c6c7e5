; RUN: opt --passes=linker-relaxation,round-z
; Relaxed code may be inlined into, so that a call in inline assembly has to be found first.
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-unknown-none-elf"

declare void @elsewhere()

define void @calls() #0 {
  call void @elsewhere()
  ret void
}

define void @outer() #0 {
  call void @elsewhere()
  call void @other()
  ret void
}

define internal void @other() #0 {
  call void asm sideeffect "beqz $0, . + 12\0A\09call elsewhere", "r"(i32 8)
  ret void
}

attributes #0 = { minsize "target-features"="+m,+a,+c" }
