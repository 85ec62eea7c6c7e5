/// When async is worth it: facts of one program and one run of it, and the rules that make an
/// answer of them.
package dev.pollard.advise;
