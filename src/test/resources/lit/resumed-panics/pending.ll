; RUN: opt --passes=resumed-panics --resumed-panics=pending
; Pending is what the function itself returns after it stored a suspension state:
; a constant, a value through a phi, a tag in the caller's place, a pair.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@file.a = private unnamed_addr constant [9 x i8] c"src/a.rs\00", align 1
@file.b = private unnamed_addr constant [9 x i8] c"src/b.rs\00", align 1
@loc.a = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.a, [12 x i8] c"\08\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.b = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.b, [12 x i8] c"\08\00\00\00\09\00\00\00\05\00\00\00" }>, align 4

@table = constant [4 x ptr] [ptr @direct, ptr @joined, ptr @in_memory, ptr @pair]

define internal zeroext i1 @direct(ptr %self) {
start:
  %state = load i8, ptr %self, align 4
  switch i8 %state, label %bad [
    i8 0, label %work
    i8 1, label %resumed
    i8 3, label %work
  ]

bad:
  unreachable

work:
  %ready = call zeroext i1 @ready()
  br i1 %ready, label %done, label %suspend

done:
  store i8 1, ptr %self, align 4
  ret i1 false

suspend:
  store i8 3, ptr %self, align 4
  ret i1 true

resumed:
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.a) #1
  unreachable
}

define internal zeroext i1 @joined(ptr %self) {
start:
  %state = load i8, ptr %self, align 4
  switch i8 %state, label %bad [
    i8 0, label %work
    i8 1, label %resumed
    i8 3, label %work
  ]

bad:
  unreachable

work:
  %ready = call zeroext i1 @ready()
  br i1 %ready, label %done, label %suspend

done:
  store i8 1, ptr %self, align 4
  br label %out

suspend:
  store i8 3, ptr %self, align 4
  br label %out

resumed:
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.a) #1
  unreachable

out:
  %result = phi i1 [ false, %done ], [ true, %suspend ]
  ret i1 %result
}

define internal void @in_memory(ptr sret([12 x i8]) %result, ptr %self) {
start:
  %state = load i8, ptr %self, align 4
  switch i8 %state, label %bad [
    i8 0, label %work
    i8 1, label %resumed
    i8 3, label %work
  ]

bad:
  unreachable

work:
  %ready = call zeroext i1 @ready()
  br i1 %ready, label %done, label %suspend

done:
  store i8 1, ptr %self, align 4
  ret void

suspend:
  %tag = getelementptr inbounds i8, ptr %result, i32 4
  store i32 2, ptr %tag, align 4
  store i8 3, ptr %self, align 4
  ret void

resumed:
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.a) #1
  unreachable
}

define internal { i32, i32 } @pair(ptr %self) {
start:
  %state = load i8, ptr %self, align 4
  switch i8 %state, label %bad [
    i8 0, label %work
    i8 1, label %resumed
    i8 3, label %work
  ]

bad:
  unreachable

work:
  %ready = call zeroext i1 @ready()
  br i1 %ready, label %done, label %suspend

done:
  store i8 1, ptr %self, align 4
  ret { i32, i32 } { i32 0, i32 7 }

suspend:
  store i8 3, ptr %self, align 4
  %pending = insertvalue { i32, i32 } poison, i32 1, 0
  ret { i32, i32 } %pending

resumed:
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.a) #1
  unreachable
}

declare zeroext i1 @ready()

declare void @note(ptr)

declare void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr) #0

declare void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const29panic_const_coroutine_resumed(ptr) #0

attributes #0 = { cold minsize noinline noreturn nounwind optsize "target-cpu"="cortex-m4" }
attributes #1 = { noinline noreturn nounwind }
