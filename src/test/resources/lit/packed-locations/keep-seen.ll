; RUN: opt --passes=packed-locations
; Locations that a program looks at in another way stay as they are: compared, stored, in a table, or
; handed to a function that does more than panic. The eight that do nothing but panic become numbers, and
; so does the panic of one that is stored too.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@file.0 = private unnamed_addr constant [73 x i8] c"/home/somebody/.cargo/registry/src/index/embedded-crate-1.0.0/src/one.rs\00", align 1
@file.1 = private unnamed_addr constant [77 x i8] c"/home/somebody/.cargo/registry/src/index/embedded-crate-1.0.0/src/one/two.rs\00", align 1
@loc.0 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.1 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.1, [12 x i8] c"\4C\00\00\00\09\00\00\00\0D\00\00\00" }>, align 4
@loc.2 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\48\00\00\00\A0\0F\00\00\28\00\00\00" }>, align 4
@loc.3 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.1, [12 x i8] c"\4C\00\00\00\0C\00\00\00\07\00\00\00" }>, align 4
@file.2 = private unnamed_addr constant [75 x i8] c"/home/somebody/.cargo/registry/src/index/embedded-crate-1.0.0/src/three.rs\00", align 1
@loc.4 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.2, [12 x i8] c"\4A\00\00\00\04\00\00\00\05\00\00\00" }>, align 4
@loc.5 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.2, [12 x i8] c"\4A\00\00\00\05\00\00\00\05\00\00\00" }>, align 4
@loc.6 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.2, [12 x i8] c"\4A\00\00\00\06\00\00\00\05\00\00\00" }>, align 4
@loc.7 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.2, [12 x i8] c"\4A\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@loc.8 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.2, [12 x i8] c"\4A\00\00\00\08\00\00\00\05\00\00\00" }>, align 4
@loc.9 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.2, [12 x i8] c"\4A\00\00\00\09\00\00\00\05\00\00\00" }>, align 4
@loc.10 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.2, [12 x i8] c"\4A\00\00\00\0A\00\00\00\05\00\00\00" }>, align 4
@loc.11 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.2, [12 x i8] c"\4A\00\00\00\0B\00\00\00\05\00\00\00" }>, align 4
@msg = private unnamed_addr constant [5 x i8] c"oh no", align 1
@last = global ptr null
@table = global [1 x ptr] [ptr @loc.3]

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

define void @store() {
  store ptr @loc.0, ptr @last, align 4
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.0) #1
  unreachable
}

define i1 @compare(ptr %p) {
  %same = icmp eq ptr %p, @loc.1
  ret i1 %same
}

define internal void @looks(ptr noalias noundef readonly align 4 dereferenceable(16) %location) #0 {
  %line = load i32, ptr %location, align 4
  store i32 %line, ptr @last, align 4
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr %location) #1
  unreachable
}

define void @handed() {
  call void @looks(ptr @loc.2) #1
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
