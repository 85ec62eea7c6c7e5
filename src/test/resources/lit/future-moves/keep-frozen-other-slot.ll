; RUN: opt --passes=future-moves
; A frozen pointer may be to the slot that is read.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

%Entry = type { i64, [2 x i64] }

@empty = internal constant [24 x i8] c"\01\00\00\00\00\00\00\00\02\00\00\00\00\00\00\00\03\00\00\00\00\00\00\00", align 8
@sockets = internal global [96 x i8] zeroinitializer, align 8
declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memcpy.p0.p0.i32(ptr noalias writeonly, ptr noalias readonly, i32, i1 immarg)
declare void @llvm.memset.p0.i32(ptr writeonly, i8, i32, i1 immarg)
declare void @use(ptr)

define i32 @build(i8 %v) {
start:
  %slot = alloca [96 x i8], align 8
  %other = alloca [96 x i8], align 8
  store i32 5, ptr %other, align 8
  %place = freeze ptr %other
  call void @llvm.memset.p0.i32(ptr align 8 %slot, i8 %v, i32 96, i1 false)
  %seen = load i32, ptr %other, align 8
  call void @llvm.memcpy.p0.p0.i32(ptr align 8 %place, ptr align 8 %slot, i32 96, i1 false)
  call void @use(ptr %other)
  ret i32 %seen
}
