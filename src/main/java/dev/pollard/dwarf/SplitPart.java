package dev.pollard.dwarf;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;

/// Which stretch of which file's debug sections units lie in: all of a program or a `.dwo`, or one
/// row of a `.dwp` (DWARF 5, section 7.3.5), where the sections of many `.dwo` files stand one
/// after the other.
///
/// @param isSplit whether sections have names that end in `.dwo`
/// @param base where the file's `.debug_info` begins, counted over all files
/// @param info where the units begin in their section, as all that follow
/// @param infoEnd where they end
record SplitPart(
    DebugSections sections,
    boolean isSplit,
    long base,
    long info,
    long infoEnd,
    long abbreviations,
    long stringOffsets,
    long rangeLists) {
  /// The program itself.
  static SplitPart whole(DebugSections sections) {
    return new SplitPart(sections, false, 0, 0, Long.MAX_VALUE, 0, 0, 0);
  }

  /// A cursor at the start of a section of that name without `.dwo`.
  Cursor cursor(String section) throws MalformedObjectException {
    return sections.cursor(isSplit ? section + ".dwo" : section);
  }
}
