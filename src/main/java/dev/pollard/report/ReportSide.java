package dev.pollard.report;

import dev.pollard.diff.By;
import dev.pollard.diff.Entry;
import dev.pollard.diff.FileSide;
import dev.pollard.diff.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a build report knows of a program, to be compared.
public final class ReportSide {
  private ReportSide() {}

  /// The artifact as rustc linked it.
  public static Side stock(String file, BuildReport report) {
    return of(file + " (stock)", report, report.stock());
  }

  /// The artifact that was left in its place.
  public static Side pruned(String file, BuildReport report) {
    return of(file, report, report.pruned());
  }

  private static Side of(String name, BuildReport report, Measurement m) {
    var measures = new LinkedHashMap<String, Long>();
    measures.put(Side.FLASH, m.flash());
    m.gzip().ifPresent(b -> measures.put("gzip", b));
    m.brotli().ifPresent(b -> measures.put("brotli", b));
    measures.put("text", m.text());
    measures.put("rodata", m.rodata());
    measures.put("data", m.data());
    measures.put("RAM", m.ram());
    measures.put("largest poll frame", m.largestPollFrame());
    measures.put("deepest poll stack", m.deepestPollPath());
    var frames = new ArrayList<Entry>();
    m.pollFrames().forEach((machine, bytes) -> frames.add(Entry.of(machine, bytes)));
    return new Side(
        name,
        report.target(),
        measures,
        Map.of(
            By.SECTION,
            FileSide.sections(m.flash(), m.text(), m.rodata(), m.data()),
            By.FRAME,
            frames),
        List.of());
  }
}
