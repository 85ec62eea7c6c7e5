; RUN: opt --passes=linker-relaxation
; As a call.
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-unknown-none-elf"

declare void @elsewhere()

define void @calls() #0 {
  call void @elsewhere()
  ret void
}

define void @other() #0 {
  call void asm sideeffect "jump elsewhere, t0", ""()
  ret void
}

attributes #0 = { minsize "target-features"="+m,+a,+c" }
