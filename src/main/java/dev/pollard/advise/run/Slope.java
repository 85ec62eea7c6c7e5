package dev.pollard.advise.run;

import java.util.List;
import java.util.OptionalDouble;

/// How fast one thing grows with another: the straight line with the least squares.
final class Slope {
  private Slope() {}

  /// One measurement.
  record Point(double x, double y) {}

  /// The growth of y for each x; empty for fewer than two different x.
  static OptionalDouble of(List<Point> points) {
    double meanX = points.stream().mapToDouble(Point::x).average().orElse(0);
    double meanY = points.stream().mapToDouble(Point::y).average().orElse(0);
    double square = points.stream().mapToDouble(p -> (p.x - meanX) * (p.x - meanX)).sum();
    double product = points.stream().mapToDouble(p -> (p.x - meanX) * (p.y - meanY)).sum();
    return square > 0 ? OptionalDouble.of(product / square) : OptionalDouble.empty();
  }
}
