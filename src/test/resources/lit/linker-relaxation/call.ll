; RUN: opt --passes=linker-relaxation
; A call in inline assembly may count on its length, and may yet be inlined anywhere.
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-unknown-none-elf"

declare void @elsewhere()

define void @calls() #0 {
  call void @elsewhere()
  ret void
}

define void @other() #0 {
  call void asm sideeffect "beqz $0, . + 12\0A\09call elsewhere", "r"(i32 8)
  ret void
}

attributes #0 = { minsize "target-features"="+m,+a,+c" }
