package dev.pollard.fuzz;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// What a thread has allocated. Pollard's module does not need the one that tells: so by name.
final class Allocations {
  private static final MethodHandle BYTES = handle();

  private Allocations() {}

  private static MethodHandle handle() {
    try {
      Object threads =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
      return MethodHandles.publicLookup()
          .unreflect(type.getMethod("getCurrentThreadAllocatedBytes"))
          .bindTo(threads)
          .asType(MethodType.methodType(long.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /// Bytes so far.
  static long ofThisThread() {
    try {
      return (long) BYTES.invokeExact();
    } catch (Throwable e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
