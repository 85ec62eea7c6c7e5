; RUN: opt --passes=linker-relaxation
; The linker takes lui away where the address is near zero.
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-unknown-none-elf"

declare void @elsewhere()

define void @calls() #0 {
  call void @elsewhere()
  ret void
}

define void @other() #0 {
  call void asm sideeffect "beqz $0, . + 8\0A\09lui a0, %hi(elsewhere)", "r"(i32 8)
  ret void
}

attributes #0 = { minsize "target-features"="+m,+a,+c" }
