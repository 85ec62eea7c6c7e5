; RUN: opt --passes=resumed-panics
; What is passed is no constant that is surely a location: a length that does not fit,
; line and file in another order, words, zeros, nothing; a location given by the caller.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@file.a = private unnamed_addr constant [9 x i8] c"src/a.rs\00", align 1
@loc.a = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.a, [12 x i8] c"\05\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.b = private unnamed_addr constant <{ [8 x i8], ptr, [4 x i8] }> <{ [8 x i8] c"\08\00\00\00\07\00\00\00", ptr @file.a, [4 x i8] c"\05\00\00\00" }>, align 4

@loc.zero = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.a, [12 x i8] zeroinitializer }>, align 4
@loc.undef = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.a, [12 x i8] undef }>, align 4
@loc.words = private unnamed_addr constant { ptr, [3 x i32] } { ptr @file.a, [3 x i32] [i32 8, i32 7, i32 5] }, align 4
@msg = private unnamed_addr constant [35 x i8] c"`async fn` resumed after completion", align 1

@table = constant [6 x ptr] [ptr @a, ptr @b, ptr @c, ptr @zero, ptr @undef, ptr @words]

define internal zeroext i1 @a(ptr %self) {
start:
  %state = load i8, ptr %self, align 4
  switch i8 %state, label %bad [
    i8 0, label %work
    i8 1, label %resumed
  ]

bad:
  unreachable

work:
  store i8 1, ptr %self, align 4
  ret i1 false

resumed:
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) @loc.a) #1
  unreachable
}

define internal zeroext i1 @b(ptr %self) {
start:
  %state = load i8, ptr %self, align 4
  switch i8 %state, label %bad [
    i8 0, label %work
    i8 1, label %resumed
  ]

bad:
  unreachable

work:
  store i8 1, ptr %self, align 4
  ret i1 false

resumed:
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) @loc.b) #1
  unreachable
}

define internal void @c(ptr %location) {
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr %location) #1
  unreachable
}

define internal void @zero() {
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.zero) #1
  unreachable
}

define internal void @undef() {
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.undef) #1
  unreachable
}

define internal void @words() {
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.words) #1
  unreachable
}

define internal void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) unnamed_addr #0 {
  call void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr noundef nonnull @msg, ptr noundef nonnull inttoptr (i32 71 to ptr), ptr noalias noundef nonnull readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) #1
  unreachable
}

declare void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr, ptr, ptr) #0

attributes #0 = { cold minsize noinline noreturn nounwind optsize "target-cpu"="cortex-m4" }
attributes #1 = { noinline noreturn nounwind }
