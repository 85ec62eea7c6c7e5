/// The raw ring: one file per llvm-c header, C names kept, one comment line with each C signature.
/// Only `dev.pollard.llvm` may see it.
package dev.pollard.llvm.capi;
