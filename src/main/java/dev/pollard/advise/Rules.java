package dev.pollard.advise;

/// The decision: a pure function of the facts. `docs/advise.md` has each rule with its thresholds
/// and why they are what they are.
public final class Rules {
  private Rules() {}

  /// What the facts say.
  public static Advice decide(Facts facts) {
    return switch (facts.program().kind()) {
      case SERVER, TOOL -> new HostedRules(facts).decide();
      case FIRMWARE -> FirmwareRules.decide(facts.program());
      case WASM -> WasmRules.decide(facts.program());
    };
  }
}
