package dev.pollard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Which package may see which, as the table on `docs/design.md` has it.
class ArchitectureTest {
  private static final String ROOT = "dev.pollard";
  private static final Pattern ROW = Pattern.compile("\\| `([a-z]+)` \\|[^|]*\\|([^|]*)\\|");
  private static final Pattern NAME = Pattern.compile("`([a-z]+)`");

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  @Test
  void packagesSeeEachOtherAsTheDesignPageSays() throws IOException {
    assertThat(seen()).isEqualTo(page());
  }

  @Test
  void thereAreNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyTheOwnerRingSeesTheRawRing() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".llvm..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".llvm.capi..")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".llvm.capi..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".llvm")
        .check(classes);
  }

  @Test
  void onlyTheRawRingCallsNativeCode() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".llvm.capi..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Linker.class, SymbolLookup.class, FunctionDescriptor.class)
        .check(classes);
  }

  @Test
  void reportsSeeNoNativeType() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".report..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(classes);
  }

  /// What each package uses of the others; packages within one count as it.
  private static Map<String, Set<String>> seen() {
    var seen = new TreeMap<String, Set<String>>();
    for (JavaClass type : classes) {
      var from = part(type);
      if (!from.isEmpty()) {
        var targets = seen.computeIfAbsent(from, _ -> new TreeSet<>());
        type.getDirectDependenciesFromSelf().stream()
            .map(Dependency::getTargetClass)
            .map(ArchitectureTest::part)
            .filter(to -> !to.isEmpty() && !to.equals(from))
            .forEach(targets::add);
      }
    }
    return seen;
  }

  /// `llvm` for `dev.pollard.llvm.capi`; empty for what is not Pollard's, and for `Main`.
  private static String part(JavaClass type) {
    var name = type.getBaseComponentType().getPackageName();
    return name.startsWith(ROOT + ".")
        ? name.substring(ROOT.length() + 1).replaceFirst("\\..*", "")
        : "";
  }

  private static Map<String, Set<String>> page() throws IOException {
    return ROW.matcher(Files.readString(Path.of("docs/design.md")))
        .results()
        .collect(
            Collectors.toMap(
                row -> row.group(1),
                row ->
                    NAME.matcher(row.group(2))
                        .results()
                        .map(name -> name.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)),
                (a, _) -> a,
                TreeMap::new));
  }
}
