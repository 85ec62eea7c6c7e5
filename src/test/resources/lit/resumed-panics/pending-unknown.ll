; RUN: opt --passes=resumed-panics --resumed-panics=pending
; Nothing proves how Pending is returned: the machine never suspends; something happens between
; the suspension and the return; the result is not the same each time; the state that is stored is
; not known; the panic is of a generator.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@file.a = private unnamed_addr constant [9 x i8] c"src/a.rs\00", align 1
@file.b = private unnamed_addr constant [9 x i8] c"src/b.rs\00", align 1
@loc.a = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.a, [12 x i8] c"\08\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.b = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.b, [12 x i8] c"\08\00\00\00\09\00\00\00\05\00\00\00" }>, align 4

@table = constant [5 x ptr] [ptr @never, ptr @busy, ptr @varies, ptr @unclear, ptr @generator]

define internal zeroext i1 @never(ptr %self) {
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

define internal zeroext i1 @busy(ptr %self) {
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
  call void @note(ptr %self)
  ret i1 true

resumed:
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.a) #1
  unreachable
}

define internal zeroext i1 @varies(ptr %self) {
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
  %which = call zeroext i1 @ready()
  ret i1 %which

resumed:
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.a) #1
  unreachable
}

define internal zeroext i1 @unclear(ptr %self, i8 %next) {
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
  store i8 %next, ptr %self, align 4
  ret i1 true

resumed:
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr @loc.a) #1
  unreachable
}

define internal zeroext i1 @generator(ptr %self) {
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
  call void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const29panic_const_coroutine_resumed(ptr @loc.a) #1
  unreachable
}

declare zeroext i1 @ready()

declare void @note(ptr)

declare void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const28panic_const_async_fn_resumed(ptr) #0

declare void @_RNvNtNtCs4Dx3iwNbY9p_4core9panicking11panic_const29panic_const_coroutine_resumed(ptr) #0

attributes #0 = { cold minsize noinline noreturn nounwind optsize "target-cpu"="cortex-m4" }
attributes #1 = { noinline noreturn nounwind }
