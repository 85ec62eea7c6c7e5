/// Rules about a program's own async code: what to change in the source, and the bytes that it
/// saves.
package dev.pollard.lint;
