; RUN: opt --passes=equal-states
; What the blocks take in by phis, the merged block takes in by one.
define i8 @poll(ptr %self, i8 %state, ptr %a, ptr %b) minsize optsize {
  %byte = getelementptr inbounds i8, ptr %self, i32 8
  switch i8 %state, label %never [
    i8 0, label %start
    i8 1, label %other
    i8 3, label %await3
    i8 4, label %await4
  ]

start:
  call void @prepare()
  br label %await3

other:
  call void @prepare()
  br label %await4

await3:
  %c3 = phi ptr [ %a, %start ], [ null, %0 ]
  %r3 = call i8 @child(ptr %c3, ptr %self, ptr %byte, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7)
  %p3 = icmp eq i8 %r3, 2
  br i1 %p3, label %suspend, label %after3

await4:
  %c4 = phi ptr [ %b, %other ], [ %self, %0 ]
  %r4 = call i8 @child(ptr %c4, ptr %self, ptr %byte, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7)
  %p4 = icmp eq i8 %r4, 2
  br i1 %p4, label %suspend, label %after4

after3:
  store i8 %r3, ptr %c3
  ret i8 0

after4:
  store i8 1, ptr %c4
  ret i8 %r4

suspend:
  %number = phi i8 [ 3, %await3 ], [ 4, %await4 ]
  store i8 %number, ptr %byte
  ret i8 2

never:
  unreachable
}

declare i8 @child(ptr, ptr, ptr, i32, i32, i32, i32, i32, i32, i32)

declare void @prepare()
