; RUN: opt --passes=packed-locations
; One location: its number would cost more than it.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@file.0 = private unnamed_addr constant [12 x i8] c"src/main.rs\00", align 1
@loc.0 = private unnamed_addr constant <{ ptr, [12 x i8] }> <{ ptr @file.0, [12 x i8] c"\0B\00\00\00\07\00\00\00\05\00\00\00" }>, align 4
@msg = private unnamed_addr constant [5 x i8] c"oh no", align 1

define void @straight() {
  call void @_RNvNtCs4Dx3iwNbY9p_4core6option13unwrap_failed(ptr @loc.0) #1
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
