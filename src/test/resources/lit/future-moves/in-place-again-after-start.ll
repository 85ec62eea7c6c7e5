; RUN: opt --passes=future-moves
; Each turn starts the slot anew.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

%Entry = type { i64, [2 x i64] }

@empty = internal constant [24 x i8] c"\01\00\00\00\00\00\00\00\02\00\00\00\00\00\00\00\03\00\00\00\00\00\00\00", align 8
@sockets = internal global [96 x i8] zeroinitializer, align 8
declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memcpy.p0.p0.i32(ptr noalias writeonly, ptr noalias readonly, i32, i1 immarg)
declare i1 @change(ptr)
@full = internal constant [96 x i8] c"\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02\01\02", align 8

define void @build() {
start:
  %slot = alloca [96 x i8], align 8
  br label %turn

turn:
  call void @llvm.lifetime.start.p0(ptr %slot)
  call void @llvm.memcpy.p0.p0.i32(ptr align 8 %slot, ptr align 8 @full, i32 96, i1 false)
  call void @llvm.memcpy.p0.p0.i32(ptr align 8 @sockets, ptr align 8 %slot, i32 96, i1 false)
  %more = call i1 @change(ptr @sockets)
  br i1 %more, label %turn, label %end

end:
  ret void
}
