; RUN: opt --passes=resumed-panics --resumed-panics=trap
; A trap there is a call of abort, which the program may not have.
target datalayout = "e-m:e-p:16:16-i32:16-i64:16-f32:16-f64:16-a:8-n8:16-S16"
target triple = "msp430-none-unknown-elf"

@file.a = private unnamed_addr constant [9 x i8] c"src/a.rs\00", align 1
@file.b = private unnamed_addr constant [9 x i8] c"src/b.rs\00", align 1
@loc.a = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.a, [12 x i8] c"\08\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.b = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.b, [12 x i8] c"\08\00\00\00\09\00\00\00\05\00\00\00" }>, align 4

@msg = private unnamed_addr constant [35 x i8] c"`async fn` resumed after completion", align 1

@table = constant [2 x ptr] [ptr @a, ptr @b]

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

define internal void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) unnamed_addr #0 {
  call void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr noundef nonnull @msg, ptr noundef nonnull inttoptr (i32 71 to ptr), ptr noalias noundef nonnull readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) #1
  unreachable
}

declare void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr, ptr, ptr) #0

attributes #0 = { cold minsize noinline noreturn nounwind optsize }
attributes #1 = { noinline noreturn nounwind }
