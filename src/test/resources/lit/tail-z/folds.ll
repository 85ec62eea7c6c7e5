; RUN: opt --passes=tail-z
; The same sum in both arms: one value.
define i32 @same(i1 %c, i32 %x, i32 %y) {
entry:
  %a = add i32 %x, %y
  br i1 %c, label %then, label %end
then:
  %b = add i32 %y, %x
  br label %end
end:
  %r = phi i32 [ %a, %entry ], [ %b, %then ]
  ret i32 %r
}
