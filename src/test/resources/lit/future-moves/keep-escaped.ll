; RUN: opt --passes=future-moves
; The callee may have kept the pointer and may write by it later.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memcpy.p0.p0.i32(ptr noalias writeonly, ptr noalias readonly, i32, i1 immarg)
declare void @llvm.memset.p0.i32(ptr writeonly, i8, i32, i1 immarg)
declare void @keep(ptr)
declare void @write_what_was_kept()

define void @escapes(ptr %to) {
  %slot = alloca [256 x i8], align 4
  call void @keep(ptr %slot)
  call void @llvm.lifetime.start.p0(ptr %slot)
  call void @write_what_was_kept()
  call void @llvm.memcpy.p0.p0.i32(ptr align 4 %to, ptr align 4 %slot, i32 256, i1 false)
  ret void
}
