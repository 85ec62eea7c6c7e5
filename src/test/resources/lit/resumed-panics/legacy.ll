; RUN: opt --passes=resumed-panics
; Legacy symbols; the panic is only declared, so the caller says what the target is.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@file.a = private unnamed_addr constant [9 x i8] c"src/a.rs\00", align 1
@file.b = private unnamed_addr constant [9 x i8] c"src/b.rs\00", align 1
@loc.a = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.a, [12 x i8] c"\08\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.b = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.b, [12 x i8] c"\08\00\00\00\09\00\00\00\05\00\00\00" }>, align 4

@table = constant [2 x ptr] [ptr @a, ptr @b]

define internal zeroext i1 @a(ptr %self) #2 {
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
  call void @_ZN4core9panicking11panic_const28panic_const_async_fn_resumed17h0123456789abcdefE(ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) @loc.a) #1
  unreachable
}

define internal zeroext i1 @b(ptr %self) #2 {
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
  call void @_ZN4core9panicking11panic_const28panic_const_async_fn_resumed17h0123456789abcdefE(ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) @loc.b) #1
  unreachable
}

declare void @_ZN4core9panicking11panic_const28panic_const_async_fn_resumed17h0123456789abcdefE(ptr) #0

attributes #0 = { cold minsize noinline noreturn nounwind optsize }
attributes #1 = { noinline noreturn nounwind }
attributes #2 = { "target-cpu"="cortex-m4" }
