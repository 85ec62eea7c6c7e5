package dev.pollard.llvm.capi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.llvm.TestLlvm;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The checked-in list of C functions is what the raw ring declares, and the real library has all
/// of them. `-Dpollard.bless=true` rewrites the list.
class SymbolListTest {
  private static final Path LIST = Path.of("src/test/resources/llvm/symbols.txt");

  private static final List<Class<?>> HEADERS =
      List.of(
          Analysis.class,
          BitReader.class,
          BitWriter.class,
          Core.class,
          DebugInfo.class,
          Errors.class,
          IRReader.class,
          Linker.class,
          PassBuilder.class,
          Support.class,
          Target.class,
          TargetMachine.class);

  @Test
  void theListIsWhatTheRawRingDeclares() throws IOException {
    List<String> declared = List.copyOf(declared());
    if (Boolean.getBoolean("pollard.bless")) {
      Files.write(LIST, declared);
    }
    assertThat(Files.readAllLines(LIST)).isEqualTo(declared);
  }

  @Test
  void theLibraryExportsEveryFunction() throws IOException {
    NativeLibrary.load(TestLlvm.library());
    assertThat(Files.readAllLines(LIST)).hasSizeGreaterThan(200).allMatch(NativeLibrary::exports);
  }

  @Test
  void theLibraryExportsTheWayToRustcsSettings() {
    NativeLibrary.load(TestLlvm.library());
    assertThat(CodeGen.available()).isTrue();
  }

  @Test
  void eachDeclarationStandsUnderItsSignature() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/pollard/llvm/capi"))) {
      String all =
          String.join(
              "\n",
              files
                  .map(f -> {
                    try {
                      return Files.readString(f);
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  })
                  .toList());
      assertThat(declared())
          .allSatisfy(name -> assertThat(all).containsPattern("// [^\n]*\\b" + name + "\\("));
    }
  }

  private static SortedSet<String> declared() {
    SortedSet<String> names = new TreeSet<>();
    for (Class<?> header : HEADERS) {
      for (Method method : header.getMethods()) {
        assertThat(names.add(method.getName())).as(method.getName()).isTrue();
      }
    }
    return names;
  }
}
