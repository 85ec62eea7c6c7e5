; RUN: opt --passes=equal-states
; The arms of apart keep a large slot each: behind one block both would count as live, and stack colouring
; would give each its own bytes of the frame. In shared there is one slot, in small a slot takes few bytes.
define i8 @apart(ptr %child, i1 %which) minsize optsize {
  %a = alloca [256 x i8]
  %b = alloca [256 x i8]
  br i1 %which, label %left, label %right

left:
  call void @llvm.lifetime.start.p0(ptr %a)
  call void @fill(ptr %a)
  br label %left.poll

left.poll:
  call void @log(i32 1, i32 2, i32 3)
  call void @log(i32 4, i32 5, i32 6)
  %left.r = call i8 @child(ptr %child, i32 7, i32 8, i32 9)
  %left.p = icmp eq i8 %left.r, 2
  br i1 %left.p, label %suspend, label %left.end

left.end:
  call void @use(ptr %a)
  call void @llvm.lifetime.end.p0(ptr %a)
  ret i8 1

right:
  call void @llvm.lifetime.start.p0(ptr %b)
  call void @fill(ptr %b)
  br label %right.poll

right.poll:
  call void @log(i32 1, i32 2, i32 3)
  call void @log(i32 4, i32 5, i32 6)
  %right.r = call i8 @child(ptr %child, i32 7, i32 8, i32 9)
  %right.p = icmp eq i8 %right.r, 2
  br i1 %right.p, label %suspend, label %right.end

right.end:
  call void @use(ptr %b)
  call void @llvm.lifetime.end.p0(ptr %b)
  ret i8 3

suspend:
  ret i8 2
}

define i8 @shared(ptr %child, i1 %which) minsize optsize {
  %a = alloca [256 x i8]
  br i1 %which, label %left, label %right

left:
  call void @llvm.lifetime.start.p0(ptr %a)
  call void @fill(ptr %a)
  br label %left.poll

left.poll:
  call void @log(i32 1, i32 2, i32 3)
  call void @log(i32 4, i32 5, i32 6)
  %left.r = call i8 @child(ptr %child, i32 7, i32 8, i32 9)
  %left.p = icmp eq i8 %left.r, 2
  br i1 %left.p, label %suspend, label %left.end

left.end:
  call void @use(ptr %a)
  call void @llvm.lifetime.end.p0(ptr %a)
  ret i8 1

right:
  call void @llvm.lifetime.start.p0(ptr %a)
  call void @fill(ptr %a)
  br label %right.poll

right.poll:
  call void @log(i32 1, i32 2, i32 3)
  call void @log(i32 4, i32 5, i32 6)
  %right.r = call i8 @child(ptr %child, i32 7, i32 8, i32 9)
  %right.p = icmp eq i8 %right.r, 2
  br i1 %right.p, label %suspend, label %right.end

right.end:
  call void @use(ptr %a)
  call void @llvm.lifetime.end.p0(ptr %a)
  ret i8 3

suspend:
  ret i8 2
}

define i8 @small(ptr %child, i1 %which) minsize optsize {
  %a = alloca [16 x i8]
  %b = alloca [16 x i8]
  br i1 %which, label %left, label %right

left:
  call void @llvm.lifetime.start.p0(ptr %a)
  call void @fill(ptr %a)
  br label %left.poll

left.poll:
  call void @log(i32 1, i32 2, i32 3)
  call void @log(i32 4, i32 5, i32 6)
  %left.r = call i8 @child(ptr %child, i32 7, i32 8, i32 9)
  %left.p = icmp eq i8 %left.r, 2
  br i1 %left.p, label %suspend, label %left.end

left.end:
  call void @use(ptr %a)
  call void @llvm.lifetime.end.p0(ptr %a)
  ret i8 1

right:
  call void @llvm.lifetime.start.p0(ptr %b)
  call void @fill(ptr %b)
  br label %right.poll

right.poll:
  call void @log(i32 1, i32 2, i32 3)
  call void @log(i32 4, i32 5, i32 6)
  %right.r = call i8 @child(ptr %child, i32 7, i32 8, i32 9)
  %right.p = icmp eq i8 %right.r, 2
  br i1 %right.p, label %suspend, label %right.end

right.end:
  call void @use(ptr %b)
  call void @llvm.lifetime.end.p0(ptr %b)
  ret i8 3

suspend:
  ret i8 2
}

declare i8 @child(ptr, i32, i32, i32)
declare void @log(i32, i32, i32)
declare void @fill(ptr)
declare void @use(ptr)
declare void @llvm.lifetime.start.p0(ptr captures(none))
declare void @llvm.lifetime.end.p0(ptr captures(none))
