; RUN: opt --passes=future-moves
; Two arrays, filled with zeros by loops, copied twice: zeros need no slot.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memcpy.p0.p0.i32(ptr noalias writeonly, ptr noalias readonly, i32, i1 immarg)
declare void @llvm.memset.p0.i32(ptr writeonly, i8, i32, i1 immarg)
@STATE = internal global [12264 x i8] undef, align 4
@TAKEN = internal global i8 0

declare void @panic() noreturn

define void @init() {
  %rows = alloca [6080 x i8], align 4
  %state = alloca [12264 x i8], align 4
  call void @llvm.lifetime.start.p0(ptr %rows)
  br label %head

head:
  %i = phi i32 [ 0, %0 ], [ %next, %body ]
  %done = icmp eq i32 %i, 4
  br i1 %done, label %exit, label %body

body:
  %row = getelementptr inbounds [1520 x i8], ptr %rows, i32 %i
  call void @llvm.memset.p0.i32(ptr align 4 %row, i8 0, i32 1520, i1 false)
  %next = add i32 %i, 1
  br label %head

exit:
  call void @llvm.lifetime.start.p0(ptr %state)
  call void @llvm.memcpy.p0.p0.i32(ptr align 4 %state, ptr align 4 %rows, i32 6080, i1 false)
  %second = getelementptr inbounds i8, ptr %state, i32 6080
  call void @llvm.memcpy.p0.p0.i32(ptr align 4 %second, ptr align 4 %rows, i32 6080, i1 false)
  %free = cmpxchg ptr @TAKEN, i8 0, i8 1 acquire monotonic, align 1
  %ok = extractvalue { i8, i1 } %free, 1
  br i1 %ok, label %fill, label %full

full:
  call void @panic()
  unreachable

fill:
  call void @llvm.memcpy.p0.p0.i32(ptr align 4 @STATE, ptr align 4 %state, i32 12264, i1 false)
  ret void
}
