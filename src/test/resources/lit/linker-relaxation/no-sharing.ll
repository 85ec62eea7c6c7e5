; RUN: opt --passes=linker-relaxation
; Functions that stay as they are do not matter to others while the outliner takes nothing of them;
; those that are relaxed already do not either.
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-unknown-none-elf"

declare void @elsewhere()

define void @calls() #0 {
  call void @elsewhere()
  ret void
}

define void @exact() #1 {
  call void @elsewhere()
  ret void
}

define void @unknown() {
  call void @elsewhere()
  ret void
}

define void @relaxed() #2 {
  call void asm sideeffect "call elsewhere", ""()
  ret void
}

attributes #0 = { minsize "target-features"="+m,+a,+c" }
attributes #1 = { "target-features"="+m,-relax" }
attributes #2 = { minsize "target-features"="+m,+relax,+c" }
