; RUN: opt --passes=equal-states
; Awaits in a row: one block polls, and a switch on the state's number goes on from there.
define i8 @poll(ptr %self) minsize optsize {
  %byte = getelementptr inbounds i8, ptr %self, i32 8
  %child = getelementptr inbounds i8, ptr %self, i32 16
  %state = load i8, ptr %byte
  switch i8 %state, label %never [
    i8 0, label %start
    i8 3, label %await3
    i8 4, label %await4
    i8 5, label %await5
    i8 6, label %await6
    i8 7, label %await7
  ]

start:
  call void @prepare(i32 3)
  br label %await3

await3:
  %r3 = call i8 @child(ptr %child, ptr %self, ptr %byte)
  %p3 = icmp eq i8 %r3, 2
  br i1 %p3, label %suspend, label %after3

after3:
  call void @prepare(i32 4)
  br label %await4

await4:
  %r4 = call i8 @child(ptr %child, ptr %self, ptr %byte)
  %p4 = icmp eq i8 %r4, 2
  br i1 %p4, label %suspend, label %after4

after4:
  call void @prepare(i32 5)
  br label %await5

await5:
  %r5 = call i8 @child(ptr %child, ptr %self, ptr %byte)
  %p5 = icmp eq i8 %r5, 2
  br i1 %p5, label %suspend, label %after5

after5:
  call void @prepare(i32 6)
  br label %await6

await6:
  %r6 = call i8 @child(ptr %child, ptr %self, ptr %byte)
  %p6 = icmp eq i8 %r6, 2
  br i1 %p6, label %suspend, label %after6

after6:
  call void @prepare(i32 7)
  br label %await7

await7:
  %r7 = call i8 @child(ptr %child, ptr %self, ptr %byte)
  %p7 = icmp eq i8 %r7, 2
  br i1 %p7, label %suspend, label %done

suspend:
  %number = phi i8 [ 3, %await3 ], [ 4, %await4 ], [ 5, %await5 ], [ 6, %await6 ], [ 7, %await7 ]
  store i8 %number, ptr %byte
  ret i8 2

done:
  store i8 1, ptr %byte
  ret i8 %r7

never:
  unreachable
}

declare i8 @child(ptr, ptr, ptr)

declare void @prepare(i32)
