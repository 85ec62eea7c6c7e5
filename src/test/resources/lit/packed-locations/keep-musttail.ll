; RUN: opt --passes=packed-locations
; A musttail call may not see this frame, and cannot lose its mark.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@file.0 = private unnamed_addr constant [73 x i8] c"/home/somebody/.cargo/registry/src/index/embedded-crate-1.0.0/src/one.rs\00", align 1
@file.1 = private unnamed_addr constant [77 x i8] c"/home/somebody/.cargo/registry/src/index/embedded-crate-1.0.0/src/one/two.rs\00", align 1
@loc.0 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.1 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.1, [12 x i8] c"\4C\00\00\00\09\00\00\00\0D\00\00\00" }>, align 4
@loc.2 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\A0\0F\00\00\28\00\00\00" }>, align 4
@loc.3 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.1, [12 x i8] c"\4C\00\00\00\0C\00\00\00\07\00\00\00" }>, align 4
@msg = private unnamed_addr constant [5 x i8] c"oh no", align 1

define void @straight() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr @msg, ptr inttoptr (i32 11 to ptr), ptr @loc.0) #1
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
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr noundef readonly align 4 dereferenceable(16) %location) #1
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

define internal void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) unnamed_addr #0 {
  call void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr @msg, ptr inttoptr (i32 11 to ptr), ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) #1
  unreachable
}

define internal void @_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt(ptr %message, ptr %values, ptr noalias noundef readonly align 4 captures(address, read_provenance) dereferenceable(16) %location) unnamed_addr #0 {
  musttail call void @handler(ptr %message, ptr %values, ptr %location) #1
  ret void
}

declare void @handler(ptr, ptr, ptr) #0

attributes #0 = { cold noinline noreturn nounwind minsize optsize "target-cpu"="generic" }
attributes #1 = { noreturn nounwind }
