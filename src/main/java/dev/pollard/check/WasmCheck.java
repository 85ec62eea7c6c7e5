package dev.pollard.check;

import dev.pollard.object.wasm.WasmFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The checks of a linked WebAssembly module.
final class WasmCheck {
  /// Custom sections that tell of the module itself, and so differ with it.
  private static final Set<String> TOOLS =
      Set.of(
          "name",
          "producers",
          "target_features",
          "build_id",
          "linking",
          "sourceMappingURL",
          "external_debug_info");

  private WasmCheck() {}

  static List<String> complaints(WasmFile stock, WasmFile pruned) {
    List<String> complaints = new ArrayList<>();
    Set<String> missing = new TreeSet<>(exports(stock));
    missing.removeAll(exports(pruned));
    missing.forEach(e -> complaints.add("the pruned module does not export " + e));
    Set<String> extra = new TreeSet<>(exports(pruned));
    extra.removeAll(exports(stock));
    extra.forEach(e -> complaints.add("the pruned module exports " + e + ", which stock does not"));
    Set<String> wanted = new TreeSet<>(imports(pruned));
    wanted.removeAll(imports(stock));
    wanted.forEach(
        i -> complaints.add("the pruned module imports " + i + ", which stock does not"));
    if (stock.memories().size() != pruned.memories().size()) {
      complaints.add("the pruned module has another number of memories");
    }
    for (int i = 0; i < Math.min(stock.memories().size(), pruned.memories().size()); i++) {
      if (pruned.memories().get(i).minimum() > stock.memories().get(i).minimum()
          || !pruned.memories().get(i).maximum().equals(stock.memories().get(i).maximum())) {
        complaints.add("the pruned module has other memory limits");
      }
    }
    if (stock.start().isPresent() != pruned.start().isPresent()) {
      complaints.add("the pruned module starts otherwise");
    }
    Set<String> custom = new TreeSet<>(customSections(stock));
    custom.removeAll(customSections(pruned));
    custom.forEach(
        s -> complaints.add("custom section `" + s + "` is missing from the pruned module"));
    for (String name : customSections(stock)) {
      if (!TOOLS.contains(name)
          && !custom.contains(name)
          && !contents(stock, name).equals(contents(pruned, name))) {
        complaints.add("custom section `" + name + "` holds something else in the pruned module");
      }
    }
    return complaints;
  }

  private static Set<String> exports(WasmFile wasm) {
    return wasm.exports().stream()
        .map(e ->
            e.kind()
                + " `"
                + e.name()
                + "`"
                + (e.kind() == WasmFile.Kind.FUNCTION
                    ? wasm.signature(e.index()).map(Object::toString).orElse("")
                    : ""))
        .collect(Collectors.toSet());
  }

  private static Set<String> imports(WasmFile wasm) {
    return wasm.imports().stream()
        .map(i ->
            i.kind()
                + " `"
                + i.module()
                + "."
                + i.name()
                + "`"
                + (i.kind() == WasmFile.Kind.FUNCTION ? wasm.types().get(i.type()).toString() : ""))
        .collect(Collectors.toSet());
  }

  private static List<ByteBuffer> contents(WasmFile wasm, String name) {
    return wasm.sections().stream()
        .filter(s -> s.id() == WasmFile.Section.CUSTOM && s.name().equals(name))
        .map(s -> s.contents().asByteBuffer())
        .toList();
  }

  /// Debug info may go with the code that it describes.
  private static Set<String> customSections(WasmFile wasm) {
    return wasm.sections().stream()
        .filter(s -> s.id() == WasmFile.Section.CUSTOM && !s.name().startsWith(".debug_"))
        .map(WasmFile.Section::name)
        .collect(Collectors.toSet());
  }
}
