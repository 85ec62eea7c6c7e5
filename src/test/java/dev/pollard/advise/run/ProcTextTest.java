package dev.pollard.advise.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts as Linux writes them.
final class ProcTextTest {
  @TempDir private Path root;

  @Test
  void schedstatHasTheTimeOnAProcessorAndInItsQueue() {
    assertThat(ProcText.schedule("70023 1500 7\n")).contains(new ProcText.Schedule(70_023, 1_500));
    assertThat(ProcText.schedule("")).isEmpty();
    assertThat(ProcText.schedule("0 x 1\n")).isEmpty();
  }

  @Test
  void fieldsInKilobytesAreBytes() {
    var fields =
        ProcText.fields(
            """
            Name:\ttokio-rt: worker
            VmHWM:\t    9676 kB
            Threads:\t3
            voluntary_ctxt_switches:\t4435
            nonvoluntary_ctxt_switches:\t266
            """);
    assertThat(fields)
        .containsEntry("VmHWM", 9676L * 1024)
        .containsEntry("Threads", 3L)
        .containsEntry("voluntary_ctxt_switches", 4435L)
        .containsEntry("nonvoluntary_ctxt_switches", 266L)
        .doesNotContainKey("Name");
  }

  @Test
  void aNameOfAProcessMayHoldParenthesesAndBlanks() {
    assertThat(
            ProcText.ticks(
                "42 (a) S 1) R 1 42 42 0 -1 4194304 500 0 0 0 120 30 0 0 20 0 3 0 9 1 2 3"))
        .hasValue(150);
    assertThat(ProcText.ticks("42 (half")).isEmpty();
    assertThat(ProcText.ticks("")).isEmpty();
  }

  @Test
  void socketsAreListeningOrConnected() {
    var table =
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:1C8F 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1
           1: 0100007F:1C8F 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 222 1
           2: 0100007F:1C8F 0100007F:9C42 06 00000000:00000000 00:00000000 00000000     0        0 0 1
        """;
    var sockets = ProcText.sockets(List.of(table, ""));
    assertThat(sockets.listening()).containsExactly(111L);
    assertThat(sockets.connected()).containsExactly(222L);
    assertThat(ProcText.socket("socket:[222]")).hasValue(222);
    assertThat(ProcText.socket("pipe:[222]")).isEmpty();
    assertThat(ProcText.socket("/dev/null")).isEmpty();
  }

  private void write(String file, String text) throws IOException {
    var path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void theLeastOfTheLimitsHolds() throws IOException {
    write("proc/meminfo", "MemTotal:       24000000 kB\nMemAvailable:   22000000 kB\n");
    write("proc/self/limits", "Max processes             96551     96551     processes\n");
    write("proc/sys/kernel/threads-max", "193102\n");
    assertThat(Host.at(root, 2)).isEqualTo(new Host(2, 22_000_000L * 1024, 96_551));
    write("sys/fs/cgroup/memory.max", "max\n");
    write("sys/fs/cgroup/pids.max", "500\n");
    assertThat(Host.at(root, 2)).isEqualTo(new Host(2, 22_000_000L * 1024, 500));
    write("sys/fs/cgroup/memory.max", "268435456\n");
    assertThat(Host.at(root, 2).memory()).isEqualTo(256L << 20);
  }

  @Test
  void theKernelsOwnFilesAreReadWhole() throws IOException {
    var max = Path.of("/proc/sys/kernel/threads-max");
    if (Files.exists(max)) {
      assertThat(Long.parseLong(ProcText.read(max).strip())).isGreaterThan(20);
    }
  }

  @Test
  void theSlopeIsTheLineOfTheLeastSquares() {
    assertThat(
            Slope.of(
                    List.of(
                        new Slope.Point(0, 100),
                        new Slope.Point(10, 300),
                        new Slope.Point(20, 500)))
                .orElseThrow())
        .isEqualTo(20);
    assertThat(Slope.of(List.of(new Slope.Point(5, 1), new Slope.Point(5, 2)))).isEmpty();
    assertThat(Slope.of(List.of())).isEmpty();
  }

  @Test
  void theProbeOfAThreadPrintsFourNumbers() throws IOException {
    var cost = ThreadCost.parse("9146 4198 16384 12500\n");
    assertThat(cost.bytes()).isEqualTo(9146 + 4198 + 16384);
    assertThat(cost.startMicros()).isEqualTo(12.5);
    assertThatThrownBy(() -> ThreadCost.parse("9146 4198\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("9146 4198");
  }
}
