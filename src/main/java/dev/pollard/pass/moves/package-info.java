/// The parts of [FutureMoves]: which bytes of a slot were written, which copies can shrink, and
/// which slots can be one with the place that they are copied to.
package dev.pollard.pass.moves;
