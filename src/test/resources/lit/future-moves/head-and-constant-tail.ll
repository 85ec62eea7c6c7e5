; RUN: opt --passes=future-moves
; A written head, a long constant tail: one copy and one set.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memcpy.p0.p0.i32(ptr noalias writeonly, ptr noalias readonly, i32, i1 immarg)
declare void @llvm.memset.p0.i32(ptr writeonly, i8, i32, i1 immarg)
declare void @look()
declare i32 @head()

define void @mixed(ptr %to) {
  %slot = alloca [512 x i8], align 8
  %tail = getelementptr inbounds i8, ptr %slot, i32 64
  call void @llvm.memset.p0.i32(ptr align 8 %tail, i8 0, i32 448, i1 false)
  %x = call i32 @head()
  store i32 %x, ptr %slot, align 8
  %second = getelementptr inbounds i8, ptr %slot, i32 32
  store i32 %x, ptr %second, align 8
  call void @look()
  call void @llvm.memcpy.p0.p0.i32(ptr align 8 %to, ptr align 8 %slot, i32 512, i1 false)
  ret void
}
