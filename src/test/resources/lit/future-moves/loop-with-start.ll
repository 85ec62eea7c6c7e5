; RUN: opt --passes=future-moves
; Each turn starts the lifetime anew: what the last turn wrote is gone.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @llvm.memcpy.p0.p0.i32(ptr noalias writeonly, ptr noalias readonly, i32, i1 immarg)
declare void @llvm.memset.p0.i32(ptr writeonly, i8, i32, i1 immarg)
declare i1 @more()

define void @turns(ptr %to, i32 %x) {
  %slot = alloca [256 x i8], align 4
  br label %turn

turn:
  call void @llvm.lifetime.start.p0(ptr %slot)
  %again = call i1 @more()
  call void @llvm.memcpy.p0.p0.i32(ptr align 4 %to, ptr align 4 %slot, i32 256, i1 false)
  %high = getelementptr inbounds i8, ptr %slot, i32 252
  store i32 %x, ptr %high, align 4
  br i1 %again, label %turn, label %end

end:
  ret void
}
