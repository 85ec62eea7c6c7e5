; RUN: opt --passes=linker-relaxation
; With an operating system it is the system's linker that links, which may relax more than calls.
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
target triple = "riscv64-unknown-linux-gnu"

declare void @elsewhere()

define void @calls() #0 {
  call void @elsewhere()
  ret void
}

attributes #0 = { "target-features"="+m,+a,+c" }
