package dev.pollard.dwarf;

/// The shape of an entry: its tag, whether entries follow inside, its attributes and their forms.
final class Abbreviation {
  final int tag;
  final boolean hasChildren;
  final int[] attributes;
  final int[] forms;
  final long[] constants;

  /// The bytes of all its attributes, -1 when they differ from entry to entry.
  final int fixedSize;

  Abbreviation(
      int tag,
      boolean hasChildren,
      int[] attributes,
      int[] forms,
      long[] constants,
      int fixedSize) {
    this.tag = tag;
    this.hasChildren = hasChildren;
    this.attributes = attributes;
    this.forms = forms;
    this.constants = constants;
    this.fixedSize = fixedSize;
  }

  /// The place of an attribute, -1 for none.
  int indexOf(int attribute) {
    for (int i = 0; i < attributes.length; i++) {
      if (attributes[i] == attribute) {
        return i;
      }
    }
    return -1;
  }
}
