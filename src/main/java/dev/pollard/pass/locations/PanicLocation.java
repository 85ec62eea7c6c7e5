package dev.pollard.pass.locations;

import dev.pollard.llvm.Constant;
import dev.pollard.llvm.DataLayout;
import dev.pollard.llvm.GlobalValue;
import dev.pollard.llvm.GlobalVariable;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.Type;
import dev.pollard.llvm.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A `core::panic::Location` that rustc made: a constant `<{ ptr, [n x i8] }>` with a pointer to
/// the file's name, the name's length, line and column.
///
/// The layout of a Rust type is not promised, so each constant has to prove it: `n` has the room
/// for a length and two `u32`, and the length is the length of the array behind the pointer (less
/// the NUL that newer compilers add). What proves nothing is no location.
///
/// @param global the constant
/// @param file the text behind its pointer
public record PanicLocation(GlobalVariable global, GlobalVariable file) {
  private static final int LINE_AND_COLUMN = 8;

  /// `value` as a location; empty when it is not surely one.
  public static Optional<PanicLocation> of(Value value) {
    if (!(value instanceof GlobalVariable global)
        || !global.isConstant()
        || !(global.initializer().orElse(null) instanceof Constant fields)
        || fields.type().kind() != Type.Kind.STRUCT
        || fields.type().structElements() != 2
        || !(fields.element(0).orElse(null) instanceof GlobalVariable file)
        || !(fields.element(1).orElse(null) instanceof Constant tail)) {
      return Optional.empty();
    }
    Module module = global.module();
    int word = module.layout().pointerSize();
    Optional<String> bytes = tail.bytes();
    if (bytes.isEmpty() || bytes.get().length() != word + LINE_AND_COLUMN || !isText(file)) {
      return Optional.empty();
    }
    long length = number(bytes.get().substring(0, word), module.layout().littleEndian());
    long room = file.valueType().arrayLength();
    boolean proven = length == room || (length == room - 1 && endsWithNul(file));
    return proven && length > 0 ? Optional.of(new PanicLocation(global, file)) : Optional.empty();
  }

  /// The location `name` of this module: the file is called `text`, line and column are 0. Laid out
  /// as `like`, and made when it is not there yet.
  public static GlobalVariable general(String name, String text, PanicLocation like) {
    Module module = like.global.module();
    return module
        .global(name)
        .orElseGet(() -> {
          boolean nul = endsWithNul(like.file);
          GlobalVariable file =
              constant(
                  name + ".file",
                  Constant.bytes(
                      module, (text + (nul ? "\0" : "")).getBytes(StandardCharsets.ISO_8859_1)),
                  like.file);
          int word = module.layout().pointerSize();
          byte[] tail = new byte[word + LINE_AND_COLUMN];
          tail[module.layout().littleEndian() ? 0 : word - 1] = (byte) text.length();
          return constant(
              name,
              Constant.struct(module, List.of(file, Constant.bytes(module, tail)), true),
              like.global);
        });
  }

  /// The first number after the file's name and its length; it is the line.
  public long line() {
    return half(0);
  }

  /// The second number: the column.
  public long column() {
    return half(LINE_AND_COLUMN / 2);
  }

  /// The length of the file's name, a NUL at its end not counted.
  public long fileLength() {
    Module module = global.module();
    return number(
        tail().substring(0, module.layout().pointerSize()), module.layout().littleEndian());
  }

  /// The file's name.
  public String fileName() {
    String text = ((Constant) file.initializer().orElseThrow()).bytes().orElseThrow();
    return text.substring(0, (int) fileLength());
  }

  private long half(int offset) {
    DataLayout layout = global.module().layout();
    int start = layout.pointerSize() + offset;
    return number(tail().substring(start, start + LINE_AND_COLUMN / 2), layout.littleEndian());
  }

  private String tail() {
    Constant fields = (Constant) global.initializer().orElseThrow();
    return ((Constant) fields.element(1).orElseThrow()).bytes().orElseThrow();
  }

  private static GlobalVariable constant(String name, Value value, GlobalVariable like) {
    GlobalVariable global = like.module().addGlobal(name, value.type());
    global.setInitializer(value);
    global.setConstant(true);
    global.setLinkage(GlobalValue.Linkage.PRIVATE);
    global.setUnnamedAddress(GlobalValue.UnnamedAddress.GLOBAL);
    global.setAlignment(like.alignment());
    return global;
  }

  private static boolean isText(GlobalVariable file) {
    return file.isConstant()
        && file.valueType().kind() == Type.Kind.ARRAY
        && file.valueType().element().isInteger(8)
        && file.initializer().isPresent();
  }

  private static boolean endsWithNul(GlobalVariable file) {
    return file.initializer().orElseThrow() instanceof Constant text
        && text.bytes().filter(b -> b.endsWith("\0")).isPresent();
  }

  private static long number(String bytes, boolean littleEndian) {
    long number = 0;
    for (int i = 0; i < bytes.length(); i++) {
      number = number << 8 | bytes.charAt(littleEndian ? bytes.length() - 1 - i : i);
    }
    return number;
  }
}
