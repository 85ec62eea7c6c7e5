; RUN: opt --passes=future-moves
; A callee that writes, and keeps nothing, may have written everything.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memcpy.p0.p0.i32(ptr noalias writeonly, ptr noalias readonly, i32, i1 immarg)
declare void @llvm.memset.p0.i32(ptr writeonly, i8, i32, i1 immarg)
declare void @build(ptr captures(none))
declare void @look()

define void @called(ptr %to) {
  %slot = alloca [256 x i8], align 4
  %middle = getelementptr inbounds i8, ptr %slot, i32 128
  call void @build(ptr captures(none) %middle)
  call void @look()
  call void @llvm.memcpy.p0.p0.i32(ptr align 4 %to, ptr align 4 %slot, i32 256, i1 false)
  ret void
}
