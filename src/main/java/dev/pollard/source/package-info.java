/// Rust source as text.
package dev.pollard.source;
