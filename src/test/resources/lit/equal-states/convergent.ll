; RUN: opt --passes=equal-states
; A convergent call stays where control brings it.
define i8 @poll(ptr %self, i32 %which) minsize optsize {
  %byte = getelementptr inbounds i8, ptr %self, i32 8
  %child = getelementptr inbounds i8, ptr %self, i32 16
  switch i32 %which, label %never [
    i32 0, label %arm3
    i32 1, label %arm4
  ]

arm3:
  %r3 = call i8 @child(ptr %child, ptr %self, ptr %byte) convergent
  br label %join

arm4:
  %r4 = call i8 @child(ptr %child, ptr %self, ptr %byte) convergent
  br label %join

join:
  %r = phi i8 [ %r3, %arm3 ], [ 7, %arm4 ]
  ret i8 %r

never:
  unreachable
}

declare i8 @child(ptr, ptr, ptr)
