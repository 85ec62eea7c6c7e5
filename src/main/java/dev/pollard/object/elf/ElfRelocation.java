package dev.pollard.object.elf;

/// One relocation.
///
/// @param section the index of the section that it changes; 0 where the file does not say
/// @param offset where: in that section for a relocatable file, an address for a linked one
/// @param type by machine, an `R_` value
/// @param symbol the symbol's index in the table that the relocations refer to
/// @param symbolTable the index of that table's section
/// @param addend what is added; 0 for `SHT_REL`, whose addends lie in the bytes
public record ElfRelocation(
    int section, long offset, int type, int symbol, int symbolTable, long addend) {}
