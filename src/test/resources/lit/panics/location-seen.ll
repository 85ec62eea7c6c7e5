; RUN: opt --passes=panics --panics=no-location
; The program itself looks at the location: a function that stores it, one that compares it, a
; constant in a table.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@file.a = private unnamed_addr constant [9 x i8] c"src/a.rs\00", align 1
@file.b = private unnamed_addr constant [9 x i8] c"src/b.rs\00", align 1
@loc.a = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.a, [12 x i8] c"\08\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.b = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.b, [12 x i8] c"\08\00\00\00\09\00\00\00\05\00\00\00" }>, align 4
@msg = private unnamed_addr constant [5 x i8] c"oh no", align 1
@last = global ptr null

@table = constant [1 x ptr] [ptr @loc.b]

define internal void @track(ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) {
  store ptr %location, ptr @last, align 4
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr %location) #1
  unreachable
}

define void @user() {
  call void @track(ptr @loc.a)
  unreachable
}

define i1 @same(ptr %other) {
  %equal = icmp eq ptr %other, @loc.a
  ret i1 %equal
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
