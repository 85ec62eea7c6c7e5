import dev.pollard.capture.Capture;
import dev.pollard.capture.CaptureFile;
import dev.pollard.llvm.BigStack;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.llvm.CodeGenOptions;
import dev.pollard.llvm.Context;
import dev.pollard.llvm.LibLlvm;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.ObjectEmitter;
import dev.pollard.size.ArtifactSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// With no pass at all, is the object that Pollard emits as large as rustc's own? Section by
/// section, debug info too; the argument is a capture's folder. Ends with 0 when all is equal, else
/// prints what differs.
void main(String[] arguments) throws Exception {
  Capture capture = CaptureFile.read(Path.of(arguments[0], CaptureFile.NAME));
  LibLlvm.start(capture.toolchain().libLlvm(), CodeGenOptions.of(capture.target(), false));
  Path folder = Files.createTempDirectory("parity");
  Path whole = folder.resolve("whole.o");
  BigStack.call(() -> {
    emit(capture, whole);
    return true;
  });
  ArtifactSizes rustcs = ArtifactSizes.of(capture.stockObject());
  List<String> differences = new ArrayList<>();
  compare(sections(rustcs), sections(ArtifactSizes.of(whole)), differences);
  differences.forEach(IO::println);
  IO.println(
      "text %d, rodata %d, data %d, bss %d, %d sections"
          .formatted(
              rustcs.text(),
              rustcs.rodata(),
              rustcs.data(),
              rustcs.bss(),
              rustcs.sections().size()));
  Files.delete(whole);
  Files.delete(folder);
  System.exit(differences.isEmpty() ? 0 : 1);
}

void emit(Capture capture, Path object) {
  try (Context context = new Context();
      Module module = context.parse(capture.optimised())) {
    ObjectEmitter.emit(
        module, capture.target(), CodeGeneration.ofOptLevel(capture.optLevel()), object);
  }
}

/// The sizes of all sections of each name; every function has one.
Map<String, List<Long>> sections(ArtifactSizes sizes) {
  Map<String, List<Long>> sections = new TreeMap<>();
  for (ArtifactSizes.SectionSize section : sizes.sections()) {
    sections.computeIfAbsent(section.name(), _ -> new ArrayList<>()).add(section.size());
  }
  sections.values().forEach(list -> list.sort(null));
  return sections;
}

void compare(
    Map<String, List<Long>> rustcs,
    Map<String, List<Long>> ours,
    List<String> differences) {
  Map<String, List<Long>> all = new TreeMap<>(rustcs);
  all.putAll(ours);
  for (String name : all.keySet()) {
    List<Long> stock = rustcs.getOrDefault(name, List.of());
    List<Long> emitted = ours.getOrDefault(name, List.of());
    if (!stock.equals(emitted)) {
      differences.add(
          "section %s: rustc's has %s bytes, Pollard's %s"
              .formatted(name, stock, emitted));
    }
  }
}
