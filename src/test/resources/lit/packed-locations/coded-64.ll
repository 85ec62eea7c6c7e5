; RUN: opt --passes=packed-locations
; On a 64-bit machine numbers stay below 2^31, for short instructions.
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@file.0 = private unnamed_addr constant [73 x i8] c"/home/somebody/.cargo/registry/src/index/embedded-crate-1.0.0/src/one.rs\00", align 1
@file.1 = private unnamed_addr constant [77 x i8] c"/home/somebody/.cargo/registry/src/index/embedded-crate-1.0.0/src/one/two.rs\00", align 1
@loc.0 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @file.0, [16 x i8] c"\48\00\00\00\00\00\00\00\07\00\00\00\05\00\00\00" }>, align 8
@loc.1 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @file.1, [16 x i8] c"\4C\00\00\00\00\00\00\00\09\00\00\00\0D\00\00\00" }>, align 8
@loc.2 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @file.0, [16 x i8] c"\48\00\00\00\00\00\00\00\A0\0F\00\00\28\00\00\00" }>, align 8
@loc.3 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @file.1, [16 x i8] c"\4C\00\00\00\00\00\00\00\0C\00\00\00\07\00\00\00" }>, align 8
@msg = private unnamed_addr constant [5 x i8] c"oh no", align 1

define void @straight() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr @msg, ptr inttoptr (i64 11 to ptr), ptr @loc.0) #1
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
  %location = phi ptr [ @loc.1, %none ], [ @loc.2, %other ]
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr noundef readonly align 8 dereferenceable(24) %location) #1
  unreachable
}

define void @again(i1 %c) {
  %location = select i1 %c, ptr @loc.1, ptr @loc.3
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr %location) #1
  unreachable
}

define void @unknown(ptr %location) {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr %location) #1
  unreachable
}

define internal void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr noalias noundef readonly align 8 captures(address, read_provenance) dereferenceable(24) %location) unnamed_addr #0 {
  call void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr @msg, ptr inttoptr (i64 11 to ptr), ptr noalias noundef readonly align 8 captures(address, read_provenance) dereferenceable(24) %location) #1
  unreachable
}

define internal void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr %message, ptr %values, ptr noalias noundef readonly align 8 captures(address, read_provenance) dereferenceable(24) %location) unnamed_addr #0 {
  %info = alloca [24 x i8], align 8
  store ptr %message, ptr %info, align 8
  %second = getelementptr inbounds i8, ptr %info, i64 8
  store ptr %values, ptr %second, align 8
  %third = getelementptr inbounds i8, ptr %info, i64 16
  store ptr %location, ptr %third, align 8
  call void @handler(ptr %info) #1
  unreachable
}

declare void @handler(ptr) #0

attributes #0 = { cold noinline noreturn nounwind minsize optsize "target-cpu"="generic" }
attributes #1 = { noreturn nounwind }
