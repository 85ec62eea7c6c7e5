package dev.pollard.config;

/// What a build is for; without one the profile's `opt-level` decides.
public enum Goal {
  FLASH,
  STACK,
  WASM_GZIP,
  WASM_BROTLI,
  SPEED
}
