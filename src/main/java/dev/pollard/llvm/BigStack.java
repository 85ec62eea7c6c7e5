package dev.pollard.llvm;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/// Runs LLVM where it has room: it recurses deeply over large modules, and a stack overflow in
/// native code ends the process. rustc gives its own threads 8 MiB and grows them on demand.
public final class BigStack {
  /// Virtual bytes; pages are only committed when they are touched.
  static final long BYTES = 512L << 20;

  private BigStack() {}

  /// Runs `task` on a thread of its own with a big stack, and waits for it.
  ///
  /// @throws Exception whatever `task` throws
  public static <T> T call(Callable<T> task) throws Exception {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = new Thread(null, future, "llvm", BYTES);
    thread.start();
    try {
      return future.get();
    } catch (java.util.concurrent.ExecutionException e) {
      switch (e.getCause()) {
        case Exception cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }
}
