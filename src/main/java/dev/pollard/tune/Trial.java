package dev.pollard.tune;

import java.time.Duration;

/// A recipe tried.
///
/// @param time how long it took to make, without waiting for a worker
public record Trial(Evaluation evaluation, Duration time) {}
