; RUN: opt --passes=panics --panics=no-location
; LLVM took the location parameter away, and the last one is something else that looks alike.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@file.a = private unnamed_addr constant [9 x i8] c"src/a.rs\00", align 1
@file.b = private unnamed_addr constant [9 x i8] c"src/b.rs\00", align 1
@loc.a = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.a, [12 x i8] c"\08\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.b = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.b, [12 x i8] c"\08\00\00\00\09\00\00\00\05\00\00\00" }>, align 4
@msg = private unnamed_addr constant [5 x i8] c"oh no", align 1
@last = global ptr null

define void @user() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr @msg, ptr @loc.a) #1
  unreachable
}

define internal void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr %message, ptr noundef nonnull %values) unnamed_addr #0 {
  call void @handler(ptr %values) #1
  unreachable
}

declare void @handler(ptr) #0

attributes #0 = { cold noinline noreturn nounwind }
attributes #1 = { noreturn nounwind }
