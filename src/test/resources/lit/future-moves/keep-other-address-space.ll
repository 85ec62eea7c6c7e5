; RUN: opt --passes=future-moves
; The place lies in another address space.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

%Entry = type { i64, [2 x i64] }

@empty = internal constant [24 x i8] c"\01\00\00\00\00\00\00\00\02\00\00\00\00\00\00\00\03\00\00\00\00\00\00\00", align 8
@sockets = internal global [96 x i8] zeroinitializer, align 8
declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memcpy.p0.p0.i32(ptr noalias writeonly, ptr noalias readonly, i32, i1 immarg)
declare void @llvm.memcpy.p1.p0.i32(ptr addrspace(1) noalias writeonly, ptr noalias readonly, i32, i1 immarg)

define void @build(ptr addrspace(1) %p) {
start:
  %slot = alloca [96 x i8], align 8
  call void @llvm.lifetime.start.p0(ptr %slot)
  br label %head

head:
  %i = phi i32 [ 0, %start ], [ %next, %turn ]
  %done = icmp eq i32 %i, 4
  br i1 %done, label %rest, label %turn

turn:
  %entry = getelementptr inbounds nuw %Entry, ptr %slot, i32 %i
  call void @llvm.memcpy.p0.p0.i32(ptr align 8 %entry, ptr align 8 @empty, i32 24, i1 false)
  %next = add nuw nsw i32 %i, 1
  br label %head

rest:
  call void @llvm.memcpy.p1.p0.i32(ptr addrspace(1) align 8 %p, ptr align 8 %slot, i32 96, i1 false)
  call void @llvm.lifetime.end.p0(ptr %slot)
  ret void
}
