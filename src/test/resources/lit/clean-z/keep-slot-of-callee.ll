; RUN: opt --passes=clean-z
; A slot that a callee reads stays.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

; Function Attrs: nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.start.p0(ptr captures(none)) #0

; Function Attrs: nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.end.p0(ptr captures(none)) #0

; Function Attrs: nocallback nofree nounwind willreturn memory(argmem: write)
declare void @llvm.memset.p0.i32(ptr writeonly captures(none), i8, i32, i1 immarg) #1

declare void @send(ptr)

define void @init() {
  %value = alloca [2208 x i8], align 8
  call void @llvm.lifetime.start.p0(ptr nonnull %value)
  call void @llvm.memset.p0.i32(ptr noundef nonnull align 8 dereferenceable(2208) %value, i8 0, i32 2208, i1 false)
  call void @send(ptr nonnull %value)
  call void @llvm.lifetime.end.p0(ptr nonnull %value)
  ret void
}

attributes #0 = { nocallback nofree nosync nounwind willreturn memory(argmem: readwrite) }
attributes #1 = { nocallback nofree nounwind willreturn memory(argmem: write) }
