package dev.pollard.fuzz;

import java.util.List;

/// A reader, and real inputs for it.
///
/// @param name for the report
/// @param isText whether inputs are UTF-8 texts
/// @param seeds real inputs
/// @param reader throws nothing but [Refused] on any input
record ReaderTarget(String name, boolean isText, List<byte[]> seeds, Reader reader) {
  ReaderTarget {
    seeds = List.copyOf(seeds);
  }

  /// Reads one input.
  interface Reader {
    void read(byte[] input) throws Refused;
  }

  /// The reader's own word that an input is malformed.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(Exception cause) {
      super(cause.getMessage(), cause, false, false);
    }
  }
}
