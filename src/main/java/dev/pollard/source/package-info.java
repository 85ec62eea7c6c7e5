/// Rust source: as text, and as a syntax tree.
package dev.pollard.source;
