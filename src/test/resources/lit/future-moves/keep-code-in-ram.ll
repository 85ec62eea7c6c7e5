; RUN: opt --passes=future-moves
; Code that runs from RAM gains no call to memset.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memcpy.p0.p0.i32(ptr noalias writeonly, ptr noalias readonly, i32, i1 immarg)
declare void @llvm.memset.p0.i32(ptr writeonly, i8, i32, i1 immarg)
declare void @look()

define void @in_ram(ptr %to) section ".data.ram_func" {
  %slot = alloca [256 x i8], align 4
  call void @llvm.memset.p0.i32(ptr align 4 %slot, i8 0, i32 256, i1 false)
  call void @look()
  call void @llvm.memcpy.p0.p0.i32(ptr align 4 %to, ptr align 4 %slot, i32 256, i1 false)
  ret void
}
