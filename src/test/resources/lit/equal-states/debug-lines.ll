; RUN: opt --passes=equal-states
; Merged code that came from two lines has line 0.
define i8 @poll(ptr %self, i32 %which) minsize optsize !dbg !3 {
  switch i32 %which, label %never [
    i32 0, label %arm3
    i32 1, label %arm4
  ]

arm3:
  %r3 = call i8 @child(ptr %self, i32 0, i32 1, i32 2, i32 3, i32 4), !dbg !6
  br label %join, !dbg !6

arm4:
  %r4 = call i8 @child(ptr %self, i32 0, i32 1, i32 2, i32 3, i32 4), !dbg !7
  br label %join, !dbg !7

join:
  %r = phi i8 [ %r3, %arm3 ], [ %r4, %arm4 ]
  %n = phi i8 [ 3, %arm3 ], [ 4, %arm4 ]
  store i8 %n, ptr %self
  ret i8 %r

never:
  unreachable
}

declare i8 @child(ptr, i32, i32, i32, i32, i32)

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}

!0 = distinct !DICompileUnit(language: DW_LANG_Rust, file: !1, emissionKind: FullDebug)
!1 = !DIFile(filename: "a.rs", directory: "")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = distinct !DISubprogram(name: "poll", scope: !1, file: !1, line: 1, type: !4, unit: !0, spFlags: DISPFlagDefinition)
!4 = !DISubroutineType(types: !5)
!5 = !{}
!6 = !DILocation(line: 3, column: 1, scope: !3)
!7 = !DILocation(line: 4, column: 1, scope: !3)
