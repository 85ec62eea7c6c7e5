; RUN: opt --passes=packed-locations(rows)
; The names stay where they are; the stack holds the location alone. A line beyond 2^20 has no room in a
; number: its location stays.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@file.0 = private unnamed_addr constant [73 x i8] c"/home/somebody/.cargo/registry/src/index/embedded-crate-1.0.0/src/one.rs\00", align 1
@file.1 = private unnamed_addr constant [77 x i8] c"/home/somebody/.cargo/registry/src/index/embedded-crate-1.0.0/src/one/two.rs\00", align 1
@loc.0 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.1 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.1, [12 x i8] c"\4C\00\00\00\09\00\00\00\0D\00\00\00" }>, align 4
@loc.2 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\00\09\3D\00\28\00\00\00" }>, align 4
@loc.3 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.1, [12 x i8] c"\4C\00\00\00\0C\00\00\00\07\00\00\00" }>, align 4
@loc.4 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\09\00\00\00\09\00\00\00" }>, align 4
@loc.5 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\0B\00\00\00\09\00\00\00" }>, align 4
@loc.6 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\0C\00\00\00\09\00\00\00" }>, align 4
@loc.7 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\0D\00\00\00\09\00\00\00" }>, align 4
@loc.8 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\0E\00\00\00\09\00\00\00" }>, align 4
@loc.9 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\0F\00\00\00\09\00\00\00" }>, align 4
@loc.10 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\10\00\00\00\09\00\00\00" }>, align 4
@loc.11 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\11\00\00\00\09\00\00\00" }>, align 4
@msg = private unnamed_addr constant [5 x i8] c"oh no", align 1

define void @f0() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.0) #1
  unreachable
}

define void @f1() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.1) #1
  unreachable
}

define void @f2() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.2) #1
  unreachable
}

define void @f3() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.3) #1
  unreachable
}

define void @f4() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.4) #1
  unreachable
}

define void @f5() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.5) #1
  unreachable
}

define void @f6() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.6) #1
  unreachable
}

define void @f7() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.7) #1
  unreachable
}

define void @f8() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.8) #1
  unreachable
}

define void @f9() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.9) #1
  unreachable
}

define void @f10() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.10) #1
  unreachable
}

define void @f11() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.11) #1
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

attributes #0 = { cold noinline noreturn nounwind minsize optsize "target-cpu"="generic" }
attributes #1 = { noreturn nounwind }
