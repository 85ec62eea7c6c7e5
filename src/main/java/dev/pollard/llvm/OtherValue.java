package dev.pollard.llvm;

/// A value of a kind without a record of its own: metadata as a value, inline assembly.
public record OtherValue(Module module, long ref) implements Value {}
