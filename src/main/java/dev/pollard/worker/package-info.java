/// LLVM in a process of its own: its fatal errors end the process, and its memory and time can be
/// bounded only from outside. A worker takes jobs as JSON lines on its standard input and answers
/// on its standard output.
package dev.pollard.worker;
