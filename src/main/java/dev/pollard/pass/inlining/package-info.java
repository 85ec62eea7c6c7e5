/// Which calls LLVM's inliner is told to inline, and which it is told to leave: decisions by names
/// that survive an edit, the calls that can be decided, and the pass that applies them.
package dev.pollard.pass.inlining;
