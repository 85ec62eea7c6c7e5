; RUN: opt --passes=static-alignment
; Zeroed byte buffers of 128 bytes and more ask for the section that they get anyway; what they hold
; may be undefined in part, as in a StaticCell.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

@zeroed = internal global [257 x i8] zeroinitializer, align 1
@cell = internal global <{ [256 x i8], [1 x i8] }> <{ [256 x i8] undef, [1 x i8] zeroinitializer }>, align 1
@visible = global [128 x i8] undef, align 2
@_RNvC3app3BUF = internal global [130 x [4 x i8]] zeroinitializer, align 1
