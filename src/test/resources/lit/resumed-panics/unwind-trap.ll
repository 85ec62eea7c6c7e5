; RUN: opt --passes=resumed-panics --resumed-panics=trap
; The edge to the cleanup goes, its phi is told.
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@file.a = private unnamed_addr constant [8 x i8] c"src/a.rs", align 1
@loc.a = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @file.a, [16 x i8] c"\08\00\00\00\00\00\00\00\07\00\00\00\05\00\00\00" }>, align 8
@loc.b = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @file.a, [16 x i8] c"\08\00\00\00\00\00\00\00\09\00\00\00\05\00\00\00" }>, align 8

@table = constant [2 x ptr] [ptr @a, ptr @b]

define internal zeroext i1 @a(ptr %self) personality ptr @rust_eh_personality {
start:
  %state = load i8, ptr %self, align 4
  switch i8 %state, label %bad [
    i8 0, label %work
    i8 1, label %resumed
  ]

bad:
  unreachable

work:
  invoke void @work()
          to label %done unwind label %cleanup

done:
  store i8 1, ptr %self, align 4
  ret i1 false

resumed:
  invoke void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.a) #1
          to label %never unwind label %cleanup

never:
  unreachable

cleanup:
  %reason = phi i32 [ 1, %work ], [ 2, %resumed ]
  %pad = landingpad { ptr, i32 }
          cleanup
  call void @drop(i32 %reason)
  store i8 2, ptr %self, align 4
  resume { ptr, i32 } %pad
}

define internal zeroext i1 @b(ptr %self) personality ptr @rust_eh_personality {
start:
  %state = load i8, ptr %self, align 4
  switch i8 %state, label %bad [
    i8 0, label %work
    i8 1, label %resumed
  ]

bad:
  unreachable

work:
  invoke void @work()
          to label %done unwind label %cleanup

done:
  store i8 1, ptr %self, align 4
  ret i1 false

resumed:
  invoke void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.b) #1
          to label %never unwind label %cleanup

never:
  unreachable

cleanup:
  %reason = phi i32 [ 1, %work ], [ 2, %resumed ]
  %pad = landingpad { ptr, i32 }
          cleanup
  call void @drop(i32 %reason)
  store i8 2, ptr %self, align 4
  resume { ptr, i32 } %pad
}

declare void @work()

declare void @drop(i32)

declare i32 @rust_eh_personality(...)

declare void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr) #0

attributes #0 = { cold noinline noreturn }
attributes #1 = { noreturn }
