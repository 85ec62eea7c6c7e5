; RUN: opt --passes=panics --panics=trap --keep=.
; Kept functions keep their panics.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@file.a = private unnamed_addr constant [9 x i8] c"src/a.rs\00", align 1
@file.b = private unnamed_addr constant [9 x i8] c"src/b.rs\00", align 1
@loc.a = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.a, [12 x i8] c"\08\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.b = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.b, [12 x i8] c"\08\00\00\00\09\00\00\00\05\00\00\00" }>, align 4
@msg = private unnamed_addr constant [5 x i8] c"oh no", align 1
@last = global ptr null

define i32 @get(ptr %slice, i32 %index) {
start:
  %inside = icmp ult i32 %index, 8
  br i1 %inside, label %ok, label %bad

ok:
  %place = getelementptr inbounds i32, ptr %slice, i32 %index
  %value = load i32, ptr %place, align 4
  ret i32 %value

bad:
  call void @_RNvNtCs4Dx3iwNbY9p_4core9panicking18panic_bounds_check(i32 %index, i32 8, ptr @loc.a) #1
  unreachable
}

define i32 @unwrap(i32 %tag, i32 %value) {
start:
  switch i32 %tag, label %ok [
    i32 0, label %none
    i32 1, label %other
  ]

ok:
  ret i32 %value

none:
  br label %bad

other:
  br label %bad

bad:
  %location = phi ptr [ @loc.a, %none ], [ @loc.b, %other ]
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr %location) #1
  unreachable
}

define internal void @_RNvNtCs4Dx3iwNbY9p_4core9panicking18panic_bounds_check(i32 %index, i32 %length, ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) unnamed_addr #0 {
  %values = alloca [8 x i8], align 4
  store i32 %index, ptr %values, align 4
  %second = getelementptr inbounds i8, ptr %values, i32 4
  store i32 %length, ptr %second, align 4
  call void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr @msg, ptr %values, ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) #1
  unreachable
}

define internal void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) unnamed_addr #0 {
  call void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr @msg, ptr inttoptr (i32 11 to ptr), ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) #1
  unreachable
}

define internal void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr %message, ptr %values, ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) unnamed_addr #0 {
  %info = alloca [12 x i8], align 4
  store ptr %message, ptr %info, align 4
  %second = getelementptr inbounds i8, ptr %info, i32 4
  store ptr %values, ptr %second, align 4
  %third = getelementptr inbounds i8, ptr %info, i32 8
  store ptr %location, ptr %third, align 4
  call void @handler(ptr %info) #1
  unreachable
}

declare void @handler(ptr) #0

attributes #0 = { cold noinline noreturn nounwind }
attributes #1 = { noreturn nounwind }
