/// Which change of a prune breaks a program, by a test of the user's own: programs with more and
/// more of the changes, halved until one change is left.
package dev.pollard.bisect;
