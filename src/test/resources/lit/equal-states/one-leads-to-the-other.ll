; RUN: opt --passes=equal-states
; A block that goes straight to its like is no other place.
define i8 @poll(ptr %self, i32 %which) minsize optsize {
  %byte = getelementptr inbounds i8, ptr %self, i32 8
  %child = getelementptr inbounds i8, ptr %self, i32 16
  switch i32 %which, label %never [
    i32 0, label %arm3
    i32 1, label %arm4
  ]

arm3:
  %r3 = call i8 @child(ptr %child, ptr %self, ptr %byte)
  %p3 = icmp eq i8 %r3, 2
  br i1 %p3, label %suspend, label %arm4

arm4:
  %r4 = call i8 @child(ptr %child, ptr %self, ptr %byte)
  %p4 = icmp eq i8 %r4, 2
  br i1 %p4, label %suspend, label %done

suspend:
  %number = phi i8 [ 3, %arm3 ], [ 4, %arm4 ]
  store i8 %number, ptr %byte
  ret i8 2

done:
  ret i8 %r4

never:
  unreachable
}

declare i8 @child(ptr, ptr, ptr)
