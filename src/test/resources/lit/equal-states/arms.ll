; RUN: opt --passes=equal-states
; Three arms await one callee: one block polls it, and the number that is stored is the state's own.
define i8 @poll(ptr %self, i32 %which) minsize optsize {
  %byte = getelementptr inbounds i8, ptr %self, i32 8
  %child = getelementptr inbounds i8, ptr %self, i32 16
  %state = load i8, ptr %byte
  switch i8 %state, label %never [
    i8 0, label %start
    i8 3, label %await3
    i8 4, label %await4
    i8 5, label %await5
  ]

start:
  switch i32 %which, label %arm5 [
    i32 0, label %arm3
    i32 1, label %arm4
  ]

arm3:
  store i32 30, ptr %child
  br label %await3

arm4:
  store i32 40, ptr %child
  br label %await4

arm5:
  store i32 50, ptr %child
  br label %await5

await3:
  %r3 = call i8 @child(ptr %child)
  %p3 = icmp eq i8 %r3, 2
  br i1 %p3, label %suspend, label %done

await4:
  %r4 = call i8 @child(ptr %child)
  %p4 = icmp eq i8 %r4, 2
  br i1 %p4, label %suspend, label %done

await5:
  %r5 = call i8 @child(ptr %child)
  %p5 = icmp eq i8 %r5, 2
  br i1 %p5, label %suspend, label %done

suspend:
  %number = phi i8 [ 3, %await3 ], [ 4, %await4 ], [ 5, %await5 ]
  store i8 %number, ptr %byte
  ret i8 2

done:
  %r = phi i8 [ %r3, %await3 ], [ %r4, %await4 ], [ %r5, %await5 ]
  store i8 1, ptr %byte
  ret i8 %r

never:
  unreachable
}

declare i8 @child(ptr)
