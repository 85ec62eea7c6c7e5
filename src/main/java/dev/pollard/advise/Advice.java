package dev.pollard.advise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An answer and what it rests on.
///
/// @param conclusion a sentence
/// @param because why it is as sure as it is
/// @param reasons in the order in which they count
/// @param changes what would make another answer of it, with the thresholds
/// @param unknown what was not measured
public record Advice(
    Answer answer,
    Confidence confidence,
    Profile profile,
    String conclusion,
    String because,
    List<Reason> reasons,
    List<String> changes,
    List<String> unknown) {
  public Advice {
    reasons = List.copyOf(reasons);
    changes = List.copyOf(changes);
    unknown = List.copyOf(unknown);
  }

  /// A sentence with the figures in it.
  public record Reason(String text, List<Figure> figures) {
    public Reason {
      figures = List.copyOf(figures);
    }
  }

  /// Collects what a rule finds.
  static final class Builder {
    private final Profile profile;
    private final List<Reason> reasons = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<Double> margins = new ArrayList<>();
    private Confidence most = Confidence.HIGH;
    private String why = "";

    Builder(Profile profile) {
      this.profile = profile;
    }

    Builder reason(String text, Figure... figures) {
      reasons.add(new Reason(text, Arrays.asList(figures)));
      return this;
    }

    Builder change(String text) {
      changes.add(text);
      return this;
    }

    Builder unknown(String text) {
      unknown.add(text);
      return this;
    }

    /// The answer rests on a figure's being on its side of a threshold.
    Builder rests(double value, double threshold) {
      margins.add(
          value <= 0 || threshold <= 0
              ? Double.POSITIVE_INFINITY
              : Math.max(value / threshold, threshold / value));
      return this;
    }

    /// As [#rests(double, double)].
    Builder rests(long value, long threshold) {
      return rests((double) value, (double) threshold);
    }

    /// It can be no surer than that, for a reason.
    Builder atMost(Confidence limit, String reason) {
      if (limit.compareTo(most) < 0) {
        most = limit;
        why = reason;
      }
      return this;
    }

    Advice answer(Answer answer, String conclusion) {
      var byMargin = Confidence.of(margins);
      String because =
          byMargin.compareTo(most) < 0
              ? "a figure that it rests on is less than twice away from its threshold"
              : why.isEmpty()
                  ? "what it rests on was measured, and is at least twice away from each threshold"
                  : why;
      return new Advice(
          answer, byMargin.atMost(most), profile, conclusion, because, reasons, changes, unknown);
    }
  }
}
