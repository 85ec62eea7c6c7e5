; RUN: opt --passes=linker-relaxation
; Other processors know no such feature.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare void @elsewhere()

define void @calls() #0 {
  call void @elsewhere()
  ret void
}

attributes #0 = { "target-features"="+v7e-m" }
