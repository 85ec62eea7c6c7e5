; RUN: opt --passes=equal-states
; What one block hands on is its own result, the other a constant: known only after the merged block, so a switch tells them apart.
define i8 @poll(ptr %self, i32 %which) minsize optsize {
  %byte = getelementptr inbounds i8, ptr %self, i32 8
  %child = getelementptr inbounds i8, ptr %self, i32 16
  switch i32 %which, label %never [
    i32 0, label %arm3
    i32 1, label %arm4
  ]

arm3:
  %r3 = call i8 @child(ptr %child, ptr %self, ptr %byte, i32 0, i32 1, i32 2, i32 3, i32 4)
  br label %join

arm4:
  %r4 = call i8 @child(ptr %child, ptr %self, ptr %byte, i32 0, i32 1, i32 2, i32 3, i32 4)
  br label %join

join:
  %r = phi i8 [ %r3, %arm3 ], [ 7, %arm4 ]
  ret i8 %r

never:
  unreachable
}

declare i8 @child(ptr, ptr, ptr, i32, i32, i32, i32, i32)
