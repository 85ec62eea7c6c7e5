; RUN: opt --passes=tail-z
; Already as small as it gets.
define i32 @same(i32 returned %x) local_unnamed_addr #0 {
  ret i32 %x
}
attributes #0 = { mustprogress nofree norecurse nosync nounwind willreturn memory(none) }
