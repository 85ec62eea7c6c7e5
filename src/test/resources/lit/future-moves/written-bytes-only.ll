; RUN: opt --passes=future-moves
; A future of 2,864 bytes of which 60 are captured arguments: only those are copied.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memcpy.p0.p0.i32(ptr noalias writeonly, ptr noalias readonly, i32, i1 immarg)
declare void @llvm.memset.p0.i32(ptr writeonly, i8, i32, i1 immarg)
declare void @poll(ptr)

define void @spawn(ptr %task, ptr %captured) {
  %future = alloca [2864 x i8], align 4
  call void @llvm.lifetime.start.p0(ptr %future)
  %arguments = getelementptr inbounds i8, ptr %future, i32 2804
  call void @llvm.memcpy.p0.p0.i32(ptr align 4 %arguments, ptr align 4 %captured, i32 60, i1 false)
  call void @poll(ptr %task)
  call void @llvm.memcpy.p0.p0.i32(ptr align 4 %task, ptr align 4 %future, i32 2864, i1 false)
  call void @llvm.lifetime.end.p0(ptr %future)
  ret void
}
