package dev.pollard.build;

import dev.pollard.capture.RustcCall;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.report.TuneLog;
import dev.pollard.tune.TuneFile;
import dev.pollard.tune.TuneFileException;
import dev.pollard.tune.Tuned;
import dev.pollard.tune.Tuning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// How `pollard tune` tells the wrapper what it wants, and where both find it: the decisions in
/// `pollard.tune` beside the package's manifest, the log of the search in the target folder.
public final class TuneRequest {
  /// Asks for a search. The value is another one each time: cargo then calls rustc even if nothing
  /// has changed, and calls it once more for the next build without.
  public static final String VARIABLE = "POLLARD_TUNE";

  private static final Pattern VALUE =
      Pattern.compile("(\\S+) seed=(-?\\d{1,18})(?: trials=(\\d{1,9}))?");
  private static final String LOCK = "tune.lock";

  private TuneRequest() {}

  /// The variable's value.
  ///
  /// @param nonce another one each time
  public static String value(String nonce, Tuning.Request request) {
    return nonce
        + " seed="
        + request.seed()
        + (request.trials().isPresent() ? " trials=" + request.trials().getAsInt() : "");
  }

  private static Optional<Tuning.Request> request(Map<String, String> environment) {
    Matcher matcher = VALUE.matcher(environment.getOrDefault(VARIABLE, ""));
    return matcher.matches()
        ? Optional.of(
            new Tuning.Request(
                Long.parseLong(matcher.group(2)),
                matcher.group(3) == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(matcher.group(3)))))
        : Optional.empty();
  }

  /// Where the decisions of a call's package lie, whether or not there are any.
  public static Path file(RustcCall call) {
    return call.manifestFolder().resolve(TuneFile.NAME);
  }

  /// Where the log of a search lies, whether or not there is one.
  ///
  /// @param folder that the artifact is in, or that rustc writes to
  public static Path log(Path folder, String crate) {
    return TargetFolder.pollard(folder).resolve("tune").resolve(crate + ".json");
  }

  /// What a call is to do. Test programs are not tuned.
  ///
  /// @throws TuneFileException when the file is damaged
  /// @throws IOException when it cannot be read
  public static Tuning of(RustcCall call) throws IOException, TuneFileException {
    var kind = call.arguments().crateTypes().stream().findFirst();
    var crate = call.arguments().crateName();
    if (call.arguments().has("--test") || kind.isEmpty() || crate.isEmpty()) {
      return Tuning.NONE;
    }
    var file = file(call);
    var program =
        TuneFile.program(kind.get(), crate.get(), call.arguments().targetName().orElse("host"));
    return new Tuning(
        TuneFile.read(file).find(program),
        request(call.environment()),
        (tuned, log) -> keep(call, file, program, tuned, log));
  }

  /// Reads a log.
  ///
  /// @throws IOException when there is none, or something else
  public static TuneLog readLog(Path file) throws IOException {
    try {
      return JsonMapper.shared().readValue(Files.readString(file), TuneLog.class);
    } catch (JacksonException e) {
      throw new IOException(file + " is no log of a search: " + e.getOriginalMessage(), e);
    }
  }

  private static void keep(RustcCall call, Path file, String program, Tuned tuned, TuneLog log) {
    if (request(call.environment()).isEmpty()) {
      return;
    }
    var out = Path.of(call.arguments().outDir().orElseThrow());
    var place = log(out, call.arguments().crateName().orElseThrow());
    try {
      Files.createDirectories(place.getParent());
      // Two programs of one package may be tuned at once.
      try (var channel =
              FileChannel.open(
                  place.resolveSibling(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        TuneFile.read(file).with(program, tuned).write(file);
        Files.writeString(
            place, JsonMapper.shared().writeValueAsString(log.in(file.toString(), program)));
      }
    } catch (IOException | TuneFileException | JacksonException e) {
      throw new UncheckedIOException(
          new IOException(e instanceof IOException io ? FileProblem.of(io) : e.getMessage(), e));
    }
  }
}
