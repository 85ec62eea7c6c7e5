; RUN: opt --passes=clean-z
; A slot that is only written goes.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memset.p0.i32(ptr writeonly, i8, i32, i1 immarg)

define void @init(ptr %cell) {
  %value = alloca [2208 x i8], align 8
  call void @llvm.lifetime.start.p0(ptr %value)
  call void @llvm.memset.p0.i32(ptr align 8 %value, i8 0, i32 2208, i1 false)
  call void @llvm.memset.p0.i32(ptr align 8 %cell, i8 0, i32 2208, i1 false)
  call void @llvm.lifetime.end.p0(ptr %value)
  ret void
}
