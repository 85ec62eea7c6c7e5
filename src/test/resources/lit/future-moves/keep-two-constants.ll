; RUN: opt --passes=future-moves
; Two ways write two constants: the byte is not known where they meet.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memcpy.p0.p0.i32(ptr noalias writeonly, ptr noalias readonly, i32, i1 immarg)
declare void @llvm.memset.p0.i32(ptr writeonly, i8, i32, i1 immarg)
declare void @look()

define void @either(ptr %to, i1 %which) {
  %slot = alloca [256 x i8], align 4
  br i1 %which, label %ones, label %twos

ones:
  call void @llvm.memset.p0.i32(ptr align 4 %slot, i8 1, i32 256, i1 false)
  br label %copy

twos:
  call void @llvm.memset.p0.i32(ptr align 4 %slot, i8 2, i32 256, i1 false)
  br label %copy

copy:
  call void @look()
  call void @llvm.memcpy.p0.p0.i32(ptr align 4 %to, ptr align 4 %slot, i32 256, i1 false)
  ret void
}
