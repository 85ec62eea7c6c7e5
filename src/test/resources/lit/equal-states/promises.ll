; RUN: opt --passes=equal-states
; What only one block promised of a load, an alias or an argument is no longer promised.
define i8 @poll(ptr %self, i32 %which) minsize optsize {
  %byte = getelementptr inbounds i8, ptr %self, i32 8
  %child = getelementptr inbounds i8, ptr %self, i32 16
  switch i32 %which, label %never [
    i32 0, label %arm3
    i32 1, label %arm4
  ]

arm3:
  %a3 = load i8, ptr %byte, !range !0, !noalias !1
  %r3 = call i8 @child(ptr %child, ptr %self, ptr %byte, i8 %a3)
  br label %join

arm4:
  %a4 = load i8, ptr %byte, !range !4, !noalias !1
  %r4 = call i8 @child(ptr %child, ptr %self, ptr %byte, i8 %a4)
  br label %join

join:
  %r = phi i8 [ %r3, %arm3 ], [ %r4, %arm4 ]
  %n = phi i8 [ 3, %arm3 ], [ 4, %arm4 ]
  store i8 %n, ptr %byte
  ret i8 %r

never:
  unreachable
}

declare i8 @child(ptr, ptr, ptr, i8)

!0 = !{i8 0, i8 3}
!1 = !{!2}
!2 = distinct !{!2, !3}
!3 = distinct !{!3}
!4 = !{i8 0, i8 4}
