/// Which decisions make a program smallest: recipes, their evaluation by the bytes of the emitted
/// code, and the search within a time given.
package dev.pollard.tune;
