package dev.pollard.tune;

import dev.pollard.files.WholeFile;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.PassRegistry;
import dev.pollard.pass.inlining.InlineDecision;
import dev.pollard.pass.inlining.InlineDecisions;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `pollard.tune`: what `pollard tune` found, as text to be committed. One line a decision, sorted,
/// so that it can be reviewed and merged.
///
/// ```
/// pollard.tune 1
///
/// [bin usb_ethernet thumbv7em-none-eabi]
/// flash 70684 of 91320
/// body inline-decisions resumed-panics … round-z
/// finish packed-locations static-alignment
/// level less
/// inline<TAB>core::fmt::write<TAB>app::main<TAB>0
/// apart<TAB>…
/// ```
///
/// @param programs from a program, as [#program] spells it, to what was found for it
public record TuneFile(SortedMap<String, Tuned> programs) {
  /// The file's name, beside a package's manifest.
  public static final String NAME = "pollard.tune";

  private static final String HEADER = "pollard.tune 1";
  private static final String AGAIN = "delete the file and run `pollard tune` again";

  public TuneFile {
    programs = Collections.unmodifiableSortedMap(new TreeMap<>(programs));
  }

  /// How a program is named: what kind of artifact, its crate, its target.
  public static String program(String kind, String crate, String target) {
    return kind + " " + crate + " " + target;
  }

  /// What was found for a program.
  public Optional<Tuned> find(String program) {
    return Optional.ofNullable(programs.get(program));
  }

  /// This one with something else for one program.
  public TuneFile with(String program, Tuned tuned) {
    var all = new TreeMap<>(programs);
    all.put(program, tuned);
    return new TuneFile(all);
  }

  /// Reads a file; one that is not there says nothing.
  ///
  /// @throws TuneFileException when it is damaged, with the line
  /// @throws IOException when it cannot be read
  public static TuneFile read(Path file) throws IOException, TuneFileException {
    try {
      return new Reader(file, Files.readAllLines(file)).read();
    } catch (NoSuchFileException e) {
      return new TuneFile(new TreeMap<>());
    } catch (CharacterCodingException e) {
      throw new TuneFileException(file + ": is no text; " + AGAIN);
    }
  }

  /// Writes it in one step: whoever reads sees the old one or this one.
  ///
  /// @throws IOException when it cannot be written; the old one stays
  public void write(Path file) throws IOException {
    WholeFile.replace(file, text(), false);
  }

  /// The text.
  public String text() {
    var text = new StringBuilder(HEADER);
    text.append("\n# What `pollard tune` found; `pollard build` uses it. Commit this file.\n");
    programs.forEach((program, tuned) -> {
      Recipe recipe = tuned.recipe();
      text.append("\n[").append(program).append("]\n");
      text.append("flash ").append(tuned.flash()).append(" of ").append(tuned.stock()).append('\n');
      text.append("body ").append(String.join(" ", recipe.body())).append('\n');
      text.append("finish ").append(String.join(" ", recipe.finish())).append('\n');
      text.append("level ").append(recipe.generation().word()).append('\n');
      for (InlineDecision d : recipe.inlining().all()) {
        text.append(
            "%s\t%s\t%s\t%d\n".formatted(d.kind().word(), d.callee(), d.caller(), d.site()));
      }
    });
    return text.toString();
  }

  /// Reads the text line by line.
  private static final class Reader {
    private final Path file;
    private final List<String> lines;
    private final TreeMap<String, Tuned> programs = new TreeMap<>();
    private int at;

    Reader(Path file, List<String> lines) {
      this.file = file;
      this.lines = lines;
    }

    TuneFile read() throws TuneFileException {
      skipComments();
      if (at == lines.size() || !lines.get(at).equals(HEADER)) {
        throw wrong("does not begin with `" + HEADER + "`");
      }
      at++;
      skipComments();
      while (at < lines.size()) {
        section();
        skipComments();
      }
      return new TuneFile(programs);
    }

    private void section() throws TuneFileException {
      String head = lines.get(at);
      if (!head.matches("\\[\\S+ \\S+ \\S+]")) {
        throw wrong("is no `[KIND CRATE TARGET]`");
      }
      String program = head.substring(1, head.length() - 1);
      if (programs.containsKey(program)) {
        throw wrong("is there twice");
      }
      at++;
      String[] flash = word("flash").split(" of ");
      if (flash.length != 2 || !Arrays.stream(flash).allMatch(f -> f.matches("\\d{1,15}"))) {
        at--;
        throw wrong("is no `flash BYTES of BYTES`");
      }
      List<String> body = passes("body");
      List<String> finish = passes("finish");
      CodeGeneration generation = generation();
      List<InlineDecision> decisions = new ArrayList<>();
      while (at < lines.size() && !lines.get(at).isBlank()) {
        decisions.add(decision());
        at++;
      }
      programs.put(
          program,
          new Tuned(
              new Recipe(body, finish, generation, new InlineDecisions(decisions)),
              Long.parseLong(flash[0]),
              Long.parseLong(flash[1])));
    }

    private List<String> passes(String key) throws TuneFileException {
      String text = word(key);
      List<String> names = text.isEmpty() ? List.of() : List.of(text.split(" "));
      try {
        PassRegistry.parse(String.join(",", names));
      } catch (IllegalArgumentException e) {
        at--;
        throw wrong("names a pass that this Pollard does not have (" + e.getMessage() + ")");
      }
      return names;
    }

    private CodeGeneration generation() throws TuneFileException {
      Optional<CodeGeneration> named = CodeGeneration.ofWord(word("level"));
      if (named.isPresent()) {
        return named.get();
      }
      at--;
      throw wrong(
          "is no level: "
              + CodeGeneration.all().stream()
                  .map(CodeGeneration::word)
                  .collect(Collectors.joining(", ")));
    }

    private InlineDecision decision() throws TuneFileException {
      String[] words = lines.get(at).split("\t", -1);
      if (words.length == 4 && words[3].matches("\\d{1,6}")) {
        Optional<InlineDecision.Kind> kind = InlineDecision.Kind.of(words[0]);
        if (kind.isPresent()) {
          return new InlineDecision(kind.get(), words[1], words[2], Integer.parseInt(words[3]));
        }
      }
      throw wrong("is no decision: `inline` or `apart`, callee, caller, number, with tabs between");
    }

    /// What stands behind a key; goes on to the next line.
    private String word(String key) throws TuneFileException {
      if (at == lines.size() || !(lines.get(at) + " ").startsWith(key + " ")) {
        throw wrong("should begin with `" + key + "`");
      }
      return lines.get(at++).substring(key.length()).strip();
    }

    private void skipComments() {
      while (at < lines.size() && (lines.get(at).isBlank() || lines.get(at).startsWith("#"))) {
        at++;
      }
    }

    private TuneFileException wrong(String what) {
      String line = at < lines.size() ? ": \"" + shortened(lines.get(at)) + "\" " : ": the end ";
      return new TuneFileException(file + ":" + (at + 1) + line + what + "; " + AGAIN);
    }

    private static String shortened(String line) {
      return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }
  }
}
