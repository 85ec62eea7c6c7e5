; RUN: opt --passes=equal-states
; Calls that may unwind into different cleanup stay apart, and so do the landing pads.
define i8 @poll(ptr %self, i32 %which) minsize optsize personality ptr @rust_eh_personality {
  %byte = getelementptr inbounds i8, ptr %self, i32 8
  %child = getelementptr inbounds i8, ptr %self, i32 16
  switch i32 %which, label %never [
    i32 0, label %await3
    i32 1, label %await4
  ]

await3:
  %r3 = invoke i8 @child(ptr %child, ptr %self, ptr %byte)
          to label %done unwind label %cleanup3

await4:
  %r4 = invoke i8 @child(ptr %child, ptr %self, ptr %byte)
          to label %done unwind label %cleanup4

done:
  %r = phi i8 [ %r3, %await3 ], [ %r4, %await4 ]
  ret i8 %r

cleanup3:
  %l3 = landingpad { ptr, i32 }
          cleanup
  store i8 2, ptr %byte
  call void @drop(ptr %self, ptr %child, ptr %byte)
  br label %resume

cleanup4:
  %l4 = landingpad { ptr, i32 }
          cleanup
  store i8 2, ptr %byte
  call void @drop(ptr %self, ptr %child, ptr %byte)
  br label %resume

resume:
  %l = phi { ptr, i32 } [ %l3, %cleanup3 ], [ %l4, %cleanup4 ]
  %n = phi i8 [ 3, %cleanup3 ], [ 4, %cleanup4 ]
  store i8 %n, ptr %child
  resume { ptr, i32 } %l

never:
  unreachable
}

declare i8 @child(ptr, ptr, ptr)

declare void @drop(ptr, ptr, ptr)

declare i32 @rust_eh_personality(...)
