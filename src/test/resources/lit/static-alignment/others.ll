; RUN: opt --passes=static-alignment
; Aligned already; small enough to be merged with others; with a first value; with a section, a
; comdat or a thread of its own; constant; set from outside; defined elsewhere; with a name that is
; no section's: all stay.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

$group = comdat any

@aligned = internal global [64 x i32] zeroinitializer, align 4
@default = internal global [257 x i8] zeroinitializer
@small = internal global [127 x i8] zeroinitializer, align 1
@written = internal global <{ [256 x i8], [1 x i8] }> <{ [256 x i8] undef, [1 x i8] c"\01" }>, align 1
@address = internal global <{ [256 x i8], ptr }> <{ [256 x i8] undef, ptr @small }>, align 1
@placed = internal global [257 x i8] zeroinitializer, section ".uninit.BUF", align 1
@group = global [257 x i8] zeroinitializer, comdat, align 1
@thread = internal thread_local global [257 x i8] zeroinitializer, align 1
@constant = internal constant [257 x i8] zeroinitializer, align 1
@outside = internal externally_initialized global [257 x i8] zeroinitializer, align 1
@weak = weak global [257 x i8] zeroinitializer, align 1
@common = common global [257 x i8] zeroinitializer, align 1
@private = private global [257 x i8] zeroinitializer, align 1
@elsewhere = external global [257 x i8], align 1
@"odd name" = internal global [257 x i8] zeroinitializer, align 1
