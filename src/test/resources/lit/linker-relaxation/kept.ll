; RUN: opt --passes=linker-relaxation --keep=calls
; The outliner may move code of a kept function to where other code is: nothing is relaxed then.
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-unknown-none-elf"

declare void @elsewhere()

define void @calls() #0 {
  call void @elsewhere()
  ret void
}

define void @other() #0 {
  call void @elsewhere()
  ret void
}

attributes #0 = { minsize "target-features"="+m,+a,+c" }
