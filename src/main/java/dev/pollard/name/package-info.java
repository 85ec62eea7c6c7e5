/// Rust symbol names, v0 and legacy, for people: demangled, and shortened to the name of a machine.
package dev.pollard.name;
