package dev.pollard.pass.locations;

import dev.pollard.llvm.Argument;
import dev.pollard.llvm.Attributes;
import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Builder;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.GlobalVariable;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Type;
import dev.pollard.llvm.Use;
import dev.pollard.llvm.Value;
import dev.pollard.pass.ModulePass;
import dev.pollard.pass.Pass;
import dev.pollard.pass.PassContext;
import dev.pollard.pass.PassInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Hands file, line and column of a panic over as one number instead of a pointer to a constant.
///
/// ```
/// call void @panic_bounds_check(i32 %i, i32 %n, ptr @location.17)   ; 16 bytes of constant
/// ->
/// call void @panic_bounds_check(i32 %i, i32 %n, ptr inttoptr (i32 40198659 to ptr))
/// ```
///
/// `core::panicking::panic_fmt` unpacks it to a location on its own stack, and goes on as before.
///
/// Sound because such a pointer is followed from the call to `panic_fmt`, and looked at nowhere on
/// the way; because a number is odd and a pointer to a location even, so that whoever still comes
/// with a pointer is served too; and because `panic_fmt` lends the location to the panic handler no
/// longer than its own frame lives.
///
/// @param names where the names of files are kept: by `packed-locations`, or
///   `packed-locations(rows)`
public record PackedLocations(Names names) implements ModulePass {
  private static final String NAME = "packed-locations";
  private static final int UNPACK_COST = 64;

  /// Where the names of files are kept.
  public enum Names {
    /// In one text, each as what it adds to the one before; put together on the stack.
    CODED,
    /// As they were; the stack gets no deeper than by the location itself.
    ROWS
  }

  /// The pass of that spelling.
  public static Optional<Pass> parse(String text) {
    return switch (text) {
      case NAME -> Optional.of(new PackedLocations(Names.CODED));
      case NAME + "(rows)" -> Optional.of(new PackedLocations(Names.ROWS));
      default -> Optional.empty();
    };
  }

  @Override
  public PassInfo info() {
    return new PassInfo(
        NAME,
        "file, line and column of a panic as one number, unpacked when it panics",
        PassInfo.Level.SIZE,
        Set.of(PassInfo.Effect.LEAVES_DEAD_GLOBALS));
  }

  /// A use of a location that can become a number.
  private record Site(Use use, PanicLocation location) {}

  @Override
  public long run(Module module, PassContext context) {
    int word = module.layout().pointerSize();
    if (word < 4 || LocationUnpacker.isUsedIn(module)) {
      return 0;
    }
    PanicLocationFlow flow = new PanicLocationFlow(module);
    if (flow.sinks().isEmpty()
        || !flow.sinks().stream().map(Argument::function).allMatch(f -> canUnpack(f, context))) {
      return 0;
    }
    List<Site> sites = sites(module, flow, context);
    SortedMap<String, PanicLocation> files = new TreeMap<>();
    sites.forEach(s -> files.putIfAbsent(s.location.fileName(), s.location));
    Map<String, Integer> indices = new HashMap<>();
    files.keySet().forEach(f -> indices.put(f, indices.size()));
    var packing =
        LocationPacking.of(
            sites.stream().map(s -> place(s.location, indices)).toList(), word == 4 ? 32 : 31);
    if (packing.isEmpty()) {
      return 0;
    }
    Map<Site, Long> numbers = new HashMap<>();
    for (Site site : sites) {
      OptionalLong number = packing.get().pack(place(site.location, indices));
      number.ifPresent(n -> numbers.put(site, n));
    }
    FileNames names = names(files, packing.get());
    if (gain(numbers.keySet(), word) < names.size() + UNPACK_COST) {
      return 0;
    }
    long count = number(module, context, sites, numbers);
    if (count > 0) {
      flow.parameters().forEach(PackedLocations::forgetPointer);
      Function like = flow.sinks().iterator().next().function();
      LocationUnpacker unpacker = new LocationUnpacker(like, names, packing.get());
      flow.sinks().forEach(unpacker::unpackIn);
    }
    return count;
  }

  private FileNames names(SortedMap<String, PanicLocation> files, LocationPacking packing) {
    long count = Math.min(files.size(), 1L << packing.fileBits());
    return switch (names) {
      case CODED -> new FileNames.Coded(files.keySet().stream().limit(count).toList());
      case ROWS -> new FileNames.Rows(files.values().stream().limit(count).toList());
    };
  }

  private static boolean canUnpack(Function sink, PassContext context) {
    return PanicLocationFlow.isFinal(sink)
        && context.mayGainCalls(sink)
        && !context.isExempt(sink)
        && !hasMustTail(sink);
  }

  private static boolean hasMustTail(Function function) {
    for (BasicBlock block : function.blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction.isMustTail()) {
          return true;
        }
      }
    }
    return false;
  }

  /// Puts the numbers; how many uses of a location became one.
  private static long number(
      Module module, PassContext context, List<Site> sites, Map<Site, Long> numbers) {
    long count = 0;
    Map<Function, Boolean> allowed = new HashMap<>();
    Type integer = module.layout().intPointer();
    try (Builder builder = new Builder(module)) {
      for (Site site : sites) {
        Long number = numbers.get(site);
        Function user = ((Instruction) site.use.user()).function();
        if (number != null && allowed.computeIfAbsent(user, context::mayChange)) {
          site.use.set(
              builder.cast(
                  Opcode.INT_TO_PTR, integer.constant(number), site.location.global().type()));
          count++;
        }
      }
    }
    return count;
  }

  private static List<Site> sites(Module module, PanicLocationFlow flow, PassContext context) {
    List<Site> sites = new ArrayList<>();
    for (GlobalVariable global : module.globals()) {
      PanicLocation.of(global)
          .filter(l -> l.fileLength() <= FrontCoding.MAX_LENGTH)
          .ifPresent(location -> {
            for (Use use : global.uses()) {
              if (use.user() instanceof Instruction user
                  && flow.isForPanic(use)
                  && !context.isExempt(user.function())) {
                sites.add(new Site(use, location));
              }
            }
          });
    }
    return sites;
  }

  private static LocationPacking.Place place(PanicLocation location, Map<String, Integer> indices) {
    return new LocationPacking.Place(
        Objects.requireNonNull(indices.get(location.fileName())),
        location.line(),
        location.column());
  }

  /// Bytes of the constants that go when all `sites` are numbers.
  private static long gain(Set<Site> sites, int word) {
    Map<GlobalVariable, Integer> packed = new HashMap<>();
    sites.forEach(s -> packed.merge(s.location.global(), 1, Integer::sum));
    Set<String> files = new HashSet<>();
    long bytes = 0;
    for (Site site : sites) {
      Integer count = packed.remove(site.location.global());
      if (count != null && count == uses(site.location.global())) {
        bytes += 2L * word + 8;
        bytes += files.add(site.location.fileName()) ? site.location.fileLength() : 0;
      }
    }
    return bytes;
  }

  private static int uses(Value value) {
    int count = 0;
    for (Use _ : value.uses()) {
      count++;
    }
    return count;
  }

  /// A number is no pointer: nothing may be promised of what it points to.
  private static void forgetPointer(Argument parameter) {
    Function function = parameter.function();
    int index = 1 + function.arguments().indexOf(parameter);
    Set<String> kept = Set.of("noundef", "inreg");
    function.attributes(index).removeAllBut(kept);
    for (Use use : function.uses()) {
      if (use.user() instanceof Instruction call
          && call.calledFunction().filter(function::equals).isPresent()) {
        new Attributes(call, index).removeAllBut(kept);
      }
    }
  }
}
