/// What changed between two programs, whatever their closures and outlined functions are called.
package dev.pollard.diff;
