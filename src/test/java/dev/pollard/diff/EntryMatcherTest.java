package dev.pollard.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntryMatcherTest {
  private static List<String> told(List<Entry> before, List<Entry> after) {
    return EntryMatcher.match(before, after).stream()
        .map(c ->
            "%s %s %s"
                .formatted(
                    c.before().map(Entry::name).orElse("-"),
                    c.after().map(Entry::name).orElse("-"),
                    c.bytes()))
        .sorted()
        .toList();
  }

  @Test
  void aNameWithoutNumbersIsItself() {
    assertThat(
            told(
                List.of(Entry.of("a::f", 10), Entry.of("a::g", 5)),
                List.of(Entry.of("a::g", 5), Entry.of("a::f", 900), Entry.of("a::h", 1))))
        .containsExactly("- a::h 1", "a::f a::f 890", "a::g a::g 0");
  }

  @Test
  void aClosureWrittenBeforeOthersIsTheOnlyOneThatIsNew() {
    var before =
        List.of(
            Entry.of("a::f::{closure#0}", 100),
            Entry.of("a::f::{closure#1}", 2000),
            Entry.of("a::f::{closure#2}", 50));
    var after =
        List.of(
            Entry.of("a::f::{closure#0}", 30),
            Entry.of("a::f::{closure#1}", 100),
            Entry.of("a::f::{closure#2}", 2010),
            Entry.of("a::f::{closure#3}", 50));
    assertThat(told(before, after))
        .containsExactly(
            "- a::f::{closure#0} 30",
            "a::f::{closure#0} a::f::{closure#1} 0",
            "a::f::{closure#1} a::f::{closure#2} 10",
            "a::f::{closure#2} a::f::{closure#3} 0");
  }

  @Test
  void closuresOfOneSizeAreToldApartByTheirCode() {
    var before = List.of(shaped("a::f::{closure#0}", 100, 1), shaped("a::f::{closure#1}", 100, 2));
    var after = List.of(shaped("a::f::{closure#0}", 100, 2));
    assertThat(told(before, after))
        .containsExactly("a::f::{closure#0} - -100", "a::f::{closure#1} a::f::{closure#0} 0");
  }

  private static Entry shaped(String name, long bytes, int kind) {
    var counts = new ArrayList<>(Collections.nCopies(128, 0));
    counts.set(kind, 100);
    return new Entry(
        name, bytes, 1, OptionalLong.empty(), Set.of(), Optional.of(new Shape(counts)));
  }

  @Test
  void machinesAreToldApartByTheirAwaits() {
    var before = List.of(machine("{async block#0}", 80, "await 3", "held sock 40"));
    var after =
        List.of(
            machine("{async block#0}", 80, "await 1"),
            machine("{async block#1}", 88, "await 3", "held sock 40"));
    assertThat(told(before, after))
        .containsExactly(
            "- a::run::{async block#0} 500", "a::run::{async block#0} a::run::{async block#1} 0");
  }

  private static Entry machine(String name, long future, String... facts) {
    return new Entry(
        "a::run::" + name, 500, 4, OptionalLong.of(future), Set.of(facts), Optional.empty());
  }

  @Test
  void outlinedFunctionsAndHashesAreMatchedWhateverTheirNumbers() {
    var before =
        List.of(
            Entry.of("OUTLINED_FUNCTION_0", 40),
            Entry.of("OUTLINED_FUNCTION_1", 12),
            Entry.of("OUTLINED_FUNCTION_2", 8),
            Entry.of("anon.0123456789abcdef0123456789abcdef.4", 16),
            Entry.of("a::g.llvm.12345678901234567890", 9));
    var after =
        List.of(
            Entry.of("OUTLINED_FUNCTION_0", 8),
            Entry.of("OUTLINED_FUNCTION_1", 40),
            Entry.of("OUTLINED_FUNCTION_2", 12),
            Entry.of("anon.fedcba9876543210fedcba9876543210.9", 16),
            Entry.of("a::g.llvm.99", 9));
    assertThat(EntryMatcher.match(before, after)).hasSize(5).allMatch(c -> c.bytes() == 0);
  }

  @Test
  void oneNameStaysOneRowHoweverMuchItGrew() {
    assertThat(
            told(
                List.of(Entry.of("a::{closure#0}", 1), Entry.of("a::{closure#1}", 7)),
                List.of(Entry.of("a::{closure#0}", 4000), Entry.of("a::{closure#1}", 7))))
        .containsExactly("a::{closure#0} a::{closure#0} 3999", "a::{closure#1} a::{closure#1} 0");
  }

  @Test
  void everyRowIsInExactlyOneChangeAndTheSumsAreKept() {
    var random = new Random(3);
    for (int round = 0; round < 500; round++) {
      List<Entry> before = rows(random);
      List<Entry> after = rows(random);
      List<Change> changes = EntryMatcher.match(before, after);
      assertThat(changes.stream().flatMap(c -> c.before().stream()))
          .containsExactlyInAnyOrderElementsOf(before);
      assertThat(changes.stream().flatMap(c -> c.after().stream()))
          .containsExactlyInAnyOrderElementsOf(after);
      assertThat(changes.stream().mapToLong(Change::bytes).sum())
          .isEqualTo(sum(after) - sum(before));
    }
  }

  @Test
  void aFamilyTooLargeToBeAlignedIsMatchedByNames() {
    var before = Stream.iterate(0, i -> i < 3000, i -> i + 1).map(i -> row("f", i, i)).toList();
    var after = Stream.iterate(1, i -> i < 3001, i -> i + 1).map(i -> row("f", i, i)).toList();
    List<Change> changes = EntryMatcher.match(before, after);
    assertThat(changes).hasSize(3001);
    assertThat(changes.stream().filter(c -> c.status() == Change.Status.SAME)).hasSize(2999);
  }

  private static List<Entry> rows(Random random) {
    var rows = new ArrayList<Entry>();
    for (String name : List.of("f", "g")) {
      int number = 0;
      for (int i = random.nextInt(6); i > 0; i--) {
        number += random.nextInt(1, 3);
        rows.add(row(name, number, random.nextInt(100)));
      }
    }
    return rows;
  }

  private static Entry row(String name, int number, long bytes) {
    return Entry.of("a::" + name + "::{closure#" + number + "}", bytes);
  }

  private static long sum(List<Entry> rows) {
    return rows.stream().mapToLong(Entry::bytes).sum();
  }
}
