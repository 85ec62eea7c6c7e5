package dev.pollard.config;

/// A setting that is wrong. The message is one line that names where it stands, what stands there
/// and what may stand there.
public final class SettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  public SettingsException(String message) {
    super(message);
  }
}
