; RUN: opt --passes=equal-states
; A value that is computed on the way to one block, and used after it, would not reach its use.
define i8 @poll(ptr %self, i32 %which) minsize optsize {
  %byte = getelementptr inbounds i8, ptr %self, i32 8
  %child = getelementptr inbounds i8, ptr %self, i32 16
  switch i32 %which, label %never [
    i32 0, label %before3
    i32 1, label %await4
  ]

before3:
  %passed = call i8 @compute()
  %odd = trunc i8 %passed to i1
  br i1 %odd, label %await3, label %never

await3:
  %r3 = call i8 @child(ptr %child, ptr %self, ptr %byte, i32 0, i32 1, i32 2)
  %p3 = icmp eq i8 %r3, 2
  br i1 %p3, label %suspend, label %after3

after3:
  ret i8 %passed

await4:
  %r4 = call i8 @child(ptr %child, ptr %self, ptr %byte, i32 0, i32 1, i32 2)
  %p4 = icmp eq i8 %r4, 2
  br i1 %p4, label %suspend, label %after4

after4:
  ret i8 %r4

suspend:
  %number = phi i8 [ 3, %await3 ], [ 4, %await4 ]
  store i8 %number, ptr %byte
  ret i8 2

never:
  ret i8 9
}

declare i8 @child(ptr, ptr, ptr, i32, i32, i32)

declare i8 @compute()
