/// From one rustc call to everything that a prune needs: bitcode, stock object, link command,
/// settings of code generation.
package dev.pollard.capture;
