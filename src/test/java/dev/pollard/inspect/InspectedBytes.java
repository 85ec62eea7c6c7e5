package dev.pollard.inspect;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// An inspection of bytes that are in no file, for tests elsewhere.
public final class InspectedBytes {
  private InspectedBytes() {}

  public static Inspection of(String name, byte[] bytes) throws IOException {
    return Inspection.of(name, MemorySegment.ofArray(bytes));
  }
}
