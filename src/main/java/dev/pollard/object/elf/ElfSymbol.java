package dev.pollard.object.elf;

/// One symbol of an ELF file.
///
/// @param index its place in its table
/// @param value an address in a linked file, an offset into its section in a relocatable one
/// @param size bytes, 0 when not known
/// @param binding an `STB_` value
/// @param type an `STT_` value
/// @param visibility an `STV_` value
/// @param section the index of its section, or one of [#UNDEFINED], [#ABSOLUTE], [#COMMON]
public record ElfSymbol(
    int index,
    String name,
    long value,
    long size,
    int binding,
    int type,
    int visibility,
    int section) {
  public static final int UNDEFINED = 0;
  public static final int ABSOLUTE = 0xfff1;
  public static final int COMMON = 0xfff2;

  public static final int STB_LOCAL = 0;
  public static final int STB_GLOBAL = 1;
  public static final int STB_WEAK = 2;

  public static final int STT_NOTYPE = 0;
  public static final int STT_OBJECT = 1;
  public static final int STT_FUNC = 2;
  public static final int STT_SECTION = 3;
  public static final int STT_FILE = 4;
  public static final int STT_TLS = 6;
  public static final int STT_GNU_IFUNC = 10;

  public static final int STV_DEFAULT = 0;
  public static final int STV_HIDDEN = 2;

  /// Whether this file has what it names.
  public boolean isDefined() {
    return section != UNDEFINED;
  }

  /// Whether it names a function.
  public boolean isFunction() {
    return type == STT_FUNC || type == STT_GNU_IFUNC;
  }

  /// Whether other files see it.
  public boolean isGlobal() {
    return binding != STB_LOCAL;
  }

  /// Whether it marks what kind of bytes follow (`$a`, `$t`, `$d`, `$x`) and names nothing.
  public boolean isMapping() {
    return type == STT_NOTYPE
        && name.length() >= 2
        && name.charAt(0) == '$'
        && (name.length() == 2 || name.charAt(2) == '.' || name.startsWith("$xrv"))
        && "atdx".indexOf(name.charAt(1)) >= 0;
  }
}
