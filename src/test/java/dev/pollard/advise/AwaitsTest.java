package dev.pollard.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.Machine;
import dev.pollard.inspect.MachineCost;
import dev.pollard.name.CoroutineKind;
import dev.pollard.testing.DebugProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AwaitsTest {
  @TempDir private Path folder;

  private static String env(String name) {
    return "app::" + name + "::{async_fn_env#0}";
  }

  /// A machine that awaits those types in turn, with a frame of `frame` bytes.
  private static MachineCost machine(String name, long frame, String... awaited) {
    var states =
        IntStream.range(0, awaited.length)
            .mapToObj(i ->
                new Machine.State(
                    "Suspend" + i,
                    "src/main.rs",
                    10 + i,
                    8,
                    List.of(new Machine.Held("__awaitee", awaited[i], 8, 0))))
            .toList();
    var inner =
        Arrays.stream(awaited)
            .filter(t -> t.contains("_env#"))
            .map(t -> t.replaceFirst("::\\{async_fn_env#0\\}", ""))
            .toList();
    return new MachineCost(
        "app::" + name,
        "app",
        "",
        new Machine(
            env(name),
            CoroutineKind.UNKNOWN,
            "src/main.rs",
            1,
            OptionalLong.of(32),
            states,
            List.of()),
        100,
        0,
        10,
        OptionalLong.of(frame),
        states.stream().map(_ -> 4L).toList(),
        inner);
  }

  @Test
  void anAwaitWaitsIfALeafIsReachedThroughMachines() {
    var awaits =
        Awaits.of(
            List.of(
                machine("main", 40, env("read"), env("add")),
                machine("read", 24, "tokio::net::tcp::Readable"),
                machine("add", 16, "core::future::ready::Ready<u32>")));
    assertThat(awaits.awaits()).isEqualTo(4);
    assertThat(awaits.waiting()).isEqualTo(2);
    assertThat(awaits.never()).isEqualTo(2);
    assertThat(awaits.unsure()).isZero();
    assertThat(awaits.leaves()).containsEntry(Wait.IO, 1).containsEntry(Wait.NEVER, 1);
  }

  @Test
  void aCircleWithoutALeafWaitsForNothing() {
    var awaits = Awaits.of(List.of(machine("a", 8, env("b")), machine("b", 8, env("a"))));
    assertThat(awaits.never()).isEqualTo(2);
  }

  @Test
  void whatIsWrittenByHandIsCountedApart() {
    var awaits = Awaits.of(List.of(machine("main", 8, "app::Strange", env("unseen"))));
    assertThat(awaits.unsure()).isEqualTo(2);
  }

  @Test
  void tasksAreWhatNothingHoldsAndAChainOfFramesCountsInlinedOnesOnce() {
    var awaits =
        Awaits.of(
            List.of(
                machine("main", 40, env("inlined")),
                machine("inlined", 40, env("called")),
                machine("called", 24, "tokio::time::sleep::Sleep"),
                machine("other", 16, "tokio::sync::notify::Notified")));
    assertThat(awaits.tasks())
        .extracting(Awaits.Task::name)
        .containsExactly("app::main", "app::other");
    assertThat(awaits.tasks()).extracting(Awaits.Task::stack).containsExactly(64L, 16L);
    assertThat(awaits.executorMemory()).isEqualTo(32 + 32 + 64 + 64);
    assertThat(awaits.threadMemory()).isEqualTo(32 + 32 + (64 + 64) + (16 + 64));
    assertThat(awaits.overlaps()).isTrue();
  }

  @Test
  void selectsAndJoinsAwaitSeveralThings() {
    var awaits =
        Awaits.of(
            List.of(
                machine(
                    "main",
                    8,
                    "embassy_futures::select::Select3<A, B, C>",
                    "futures_util::future::join::Join<A, B>",
                    "tokio::runtime::task::join::JoinHandle<u32>")));
    assertThat(awaits.concurrent()).isEqualTo(2);
  }

  @Test
  void aRealProgramsMachinesAreRead() throws IOException {
    var inspection = Inspection.of(DebugProgram.build(folder, "thumbv7em-none-eabi", 4));
    var awaits = Awaits.of(inspection.machines());
    assertThat(awaits.machines()).isEqualTo(5);
    assertThat(awaits.tasks()).extracting(Awaits.Task::name).containsExactly("machines::task");
    assertThat(awaits.awaits()).isPositive();
    assertThat(awaits.waiting() + awaits.unsure() + awaits.never()).isEqualTo(awaits.awaits());
  }
}
