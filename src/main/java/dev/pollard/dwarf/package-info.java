/// Reads DWARF 2 to 5: units, entries, inlined code, address ranges, line tables. It sees bytes
/// alone, whatever file they come from, and trusts none of them.
package dev.pollard.dwarf;
