; RUN: opt --passes=linker-relaxation
; LLVM cannot emit a distance of labels as a number once the linker may move them.
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-unknown-none-elf"

declare void @elsewhere()

define void @calls() #0 {
  call void @elsewhere()
  ret void
}

define void @other() #0 {
  call void asm sideeffect "li a0, 2f - 1f\0A1: nop\0Aj 2f\0Anop\0A2: nop", ""()
  ret void
}

attributes #0 = { minsize "target-features"="+m,+a,+c" }
