; RUN: opt --passes=equal-states
; An addition that may not wrap is not one that may.
define i8 @poll(ptr %self, i32 %which) minsize optsize {
  %byte = getelementptr inbounds i8, ptr %self, i32 8
  %child = getelementptr inbounds i8, ptr %self, i32 16
  switch i32 %which, label %never [
    i32 0, label %arm3
    i32 1, label %arm4
  ]

arm3:
  %a3 = load i8, ptr %byte
  %b3 = add nuw i8 %a3, 1
  store i8 %b3, ptr %byte
  %r3 = call i8 @child(ptr %child, ptr %self, ptr %byte)
  br label %join

arm4:
  %a4 = load i8, ptr %byte
  %b4 = add i8 %a4, 1
  store i8 %b4, ptr %byte
  %r4 = call i8 @child(ptr %child, ptr %self, ptr %byte)
  br label %join

join:
  %r = phi i8 [ %r3, %arm3 ], [ %r4, %arm4 ]
  call void @tail(i8 %r)
  ret i8 %r

never:
  unreachable
}

declare i8 @child(ptr, ptr, ptr)

declare void @tail(i8)
