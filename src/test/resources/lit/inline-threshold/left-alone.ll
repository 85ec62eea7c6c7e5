; RUN: opt --passes=inline-threshold
; What must run as it was written, and what has this threshold already.
define void @as_written() noinline optnone {
  ret void
}
define void @same() "function-inline-threshold"="50" {
  ret void
}
