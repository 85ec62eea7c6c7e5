; RUN: opt --passes=linker-relaxation
; Every function whose features are known lets the linker shorten its calls, inline assembly without
; a call or not.
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-unknown-none-elf"

declare void @elsewhere()

define void @calls() #0 {
  call void @elsewhere()
  ret void
}

define void @waits() #0 {
  call void asm sideeffect "wfi", ""()
  call void asm sideeffect "csrs mstatus, $0\0Arecall:", "r"(i32 8)
  call void asm sideeffect ".balign 16\0A.option push\0A.option norvc\0Aslli x0, x0, 31\0Aebreak\0Asrai x0, x0, 7\0A.option pop", ""()
  call void asm sideeffect "bnez a0, 1f\0A.balign 8\0A1: fence.i", ""()
  ret void
}

attributes #0 = { minsize "target-features"="+m,+a,+c" }
