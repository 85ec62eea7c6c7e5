/// The MIR of an async function: what rustc makes of it, line by line and by purpose, its states,
/// and the same of a synchronous twin.
package dev.pollard.mir;
