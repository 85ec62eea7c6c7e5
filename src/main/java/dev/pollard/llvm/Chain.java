package dev.pollard.llvm;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;

/// Walks one of LLVM's intrusive lists. The next element is fetched before the one at hand is given
/// out, so the one at hand may be erased.
final class Chain {
  private Chain() {}

  static <T> Iterable<T> of(long first, LongUnaryOperator next, LongFunction<T> wrap) {
    return () ->
        new Iterator<>() {
          private long current = first;

          @Override
          public boolean hasNext() {
            return current != 0;
          }

          @Override
          public T next() {
            if (current == 0) {
              throw new NoSuchElementException();
            }
            long given = current;
            current = next.applyAsLong(given);
            return wrap.apply(given);
          }
        };
  }
}
