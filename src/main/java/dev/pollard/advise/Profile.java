package dev.pollard.advise;

/// The cases of the framework that the rules follow.
public enum Profile {
  IO_SERVER("I/O-bound server"),
  CPU_BOUND("CPU-bound work"),
  EMBEDDED("embedded target"),
  WASM("WebAssembly"),
  SIMPLE("simple program");

  private final String text;

  Profile(String text) {
    this.text = text;
  }

  /// What it is called.
  public String text() {
    return text;
  }
}
