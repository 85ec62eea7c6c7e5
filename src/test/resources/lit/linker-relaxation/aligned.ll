; RUN: opt --passes=linker-relaxation
; What an alignment takes depends on what is before it.
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-unknown-none-elf"

declare void @elsewhere()

define void @calls() #0 {
  call void @elsewhere()
  ret void
}

define void @other() #0 {
  call void asm sideeffect "j . + 8\0A.balign 8\0Anop\0Anop", ""()
  ret void
}

attributes #0 = { minsize "target-features"="+m,+a,+c" }
