; RUN: opt --passes=inline-decisions --keep=^kept$ --tune=src/test/resources/lit/inline-decisions/asked-too-much.tune
; What somebody has decided already, code with a section of its own, recursion, tail calls that must
; be, calls that are not there, functions that are only declared, and what the user keeps.
target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "thumbv7em-none-unknown-eabi"

declare void @elsewhere()

define void @callee() minsize {
  call void @elsewhere()
  ret void
}

define void @always() alwaysinline {
  ret void
}

define void @never() noinline {
  ret void
}

define void @never_here() minsize {
  ret void
}

define i32 @twice() returns_twice {
  ret i32 0
}

define void @from_ram() section ".data.ram_func" {
  ret void
}

define void @in_ram() section ".data.ram_func" {
  call void @callee()
  ret void
}

define void @itself() {
  call void @itself()
  ret void
}

define void @tail() {
  musttail call void @callee()
  ret void
}

define void @kept() {
  call void @callee()
  ret void
}

define void @as_written() noinline optnone {
  call void @callee()
  ret void
}

define void @caller() {
  call void @callee()
  call void @always()
  call void @never()
  call void @never_here() noinline
  %r = call i32 @twice()
  call void @from_ram()
  call void @elsewhere()
  ret void
}
