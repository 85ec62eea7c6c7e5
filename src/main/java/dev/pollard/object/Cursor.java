package dev.pollard.object;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A bounds-checked position in a stretch of a file. Every read past the end is a
/// [MalformedObjectException] that names the file and the offset.
public final class Cursor {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  private final String file;
  private final MemorySegment bytes;
  private final long base;
  private final ValueLayout.OfShort shorts;
  private final ValueLayout.OfInt ints;
  private final ValueLayout.OfLong longs;
  private long position;

  /// A cursor at the start of `bytes`.
  ///
  /// @param file what messages call the file
  /// @param bytes what can be read
  /// @param base the file offset of the first of `bytes`, for messages
  public Cursor(String file, MemorySegment bytes, long base, ByteOrder order) {
    this.file = file;
    this.bytes = bytes;
    this.base = base;
    this.shorts = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
    this.ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
    this.longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
  }

  /// Bytes read so far.
  public long position() {
    return position;
  }

  /// How many bytes there are in all.
  public long size() {
    return bytes.byteSize();
  }

  /// Bytes that are left.
  public long remaining() {
    return bytes.byteSize() - position;
  }

  /// The file offset of the next byte.
  public long fileOffset() {
    return base + position;
  }

  /// Moves to `target`, counted from the start of this stretch.
  public Cursor seek(long target) throws MalformedObjectException {
    if (target < 0 || target > bytes.byteSize()) {
      throw new MalformedObjectException(
          file, base + target, "outside of the %d bytes that are there".formatted(size()));
    }
    position = target;
    return this;
  }

  /// Passes over `count` bytes.
  public Cursor skip(long count) throws MalformedObjectException {
    take(count);
    return this;
  }

  /// The next byte, unsigned.
  public int u8() throws MalformedObjectException {
    return bytes.get(BYTE, take(1)) & 0xff;
  }

  /// The next two bytes, unsigned.
  public int u16() throws MalformedObjectException {
    return bytes.get(shorts, take(2)) & 0xffff;
  }

  /// The next four bytes, unsigned.
  public long u32() throws MalformedObjectException {
    return bytes.get(ints, take(4)) & 0xffff_ffffL;
  }

  /// The next four bytes, signed.
  public int i32() throws MalformedObjectException {
    return bytes.get(ints, take(4));
  }

  /// The next eight bytes.
  public long i64() throws MalformedObjectException {
    return bytes.get(longs, take(8));
  }

  /// The next eight bytes as an offset or a size: a value with the top bit set is malformed.
  public long u63() throws MalformedObjectException {
    long value = i64();
    if (value < 0) {
      throw malformed("0x%x is too large for an offset or size".formatted(value));
    }
    return value;
  }

  /// An address-sized value: eight bytes when `wide`, else four, unsigned.
  public long word(boolean wide) throws MalformedObjectException {
    return wide ? i64() : u32();
  }

  /// An unsigned value of 1, 2, 3, 4 or 8 bytes; one of 8 with the top bit set is negative.
  public long unsigned(int size) throws MalformedObjectException {
    return switch (size) {
      case 1 -> u8();
      case 2 -> u16();
      case 3 -> {
        boolean little = shorts.order() == ByteOrder.LITTLE_ENDIAN;
        long first = u8();
        long second = u8();
        long third = u8();
        yield little ? first | second << 8 | third << 16 : third | second << 8 | first << 16;
      }
      case 4 -> u32();
      case 8 -> i64();
      default -> throw malformed("a value of %d bytes".formatted(size));
    };
  }

  /// An unsigned LEB128 of at most 64 bits.
  public long uleb() throws MalformedObjectException {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int b = u8();
      if (shift < 64) {
        value |= (long) (b & 0x7f) << shift;
      }
      if ((b & 0x80) == 0) {
        return value;
      }
      if (shift > 70) {
        throw malformed("LEB128 of more than 64 bits");
      }
    }
  }

  /// A signed LEB128 of at most 64 bits.
  public long sleb() throws MalformedObjectException {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int b = u8();
      if (shift < 64) {
        value |= (long) (b & 0x7f) << shift;
      }
      if ((b & 0x80) == 0) {
        int width = shift + 7;
        return width < 64 && (b & 0x40) != 0 ? value | (-1L << width) : value;
      }
      if (shift > 70) {
        throw malformed("LEB128 of more than 64 bits");
      }
    }
  }

  /// An unsigned LEB128 that counts or measures something inside what is left.
  public int count() throws MalformedObjectException {
    long value = uleb();
    if (value < 0 || value > remaining() || value > Integer.MAX_VALUE) {
      throw malformed("a count of %s where %d bytes are left".formatted(hex(value), remaining()));
    }
    return (int) value;
  }

  /// The next `count` bytes.
  public MemorySegment slice(long count) throws MalformedObjectException {
    return bytes.asSlice(take(count), count);
  }

  /// The next `count` bytes as a cursor of their own.
  public Cursor sub(long count, ByteOrder order) throws MalformedObjectException {
    long at = fileOffset();
    return new Cursor(file, slice(count), at, order);
  }

  /// The next `count` bytes as text.
  public String utf8(long count) throws MalformedObjectException {
    return new String(slice(count).toArray(BYTE), StandardCharsets.UTF_8);
  }

  /// Text up to a zero byte, which is passed over.
  public String cString() throws MalformedObjectException {
    String text = utf8(endOfText() - position);
    position++;
    return text;
  }

  /// Passes over text and its zero byte.
  public Cursor skipCString() throws MalformedObjectException {
    position = endOfText() + 1;
    return this;
  }

  private long endOfText() throws MalformedObjectException {
    for (long end = position; end < bytes.byteSize(); end++) {
      if (bytes.get(BYTE, end) == 0) {
        return end;
      }
    }
    throw malformed("text without its closing zero byte");
  }

  /// An exception for the place where the cursor is.
  public MalformedObjectException malformed(String problem) {
    return new MalformedObjectException(file, fileOffset(), problem);
  }

  private long take(long count) throws MalformedObjectException {
    if (count < 0 || count > remaining()) {
      throw malformed("%s bytes wanted, %d left".formatted(hex(count), remaining()));
    }
    long at = position;
    position += count;
    return at;
  }

  private static String hex(long value) {
    return value < 0 ? "0x" + Long.toHexString(value) : Long.toString(value);
  }
}
