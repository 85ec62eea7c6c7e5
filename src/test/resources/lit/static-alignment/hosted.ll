; RUN: opt --passes=static-alignment
; No firmware: three bytes do not matter there.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "armv7-unknown-linux-gnueabihf"

@zeroed = internal global [257 x i8] zeroinitializer, align 1
