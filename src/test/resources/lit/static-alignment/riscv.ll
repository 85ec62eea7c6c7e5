; RUN: opt --passes=static-alignment
; Only ARM's code generation raises alignments.
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-unknown-none-elf"

@zeroed = internal global [257 x i8] zeroinitializer, align 1
