/// Locations of panics: which constants are some, where they go, and how they become numbers.
package dev.pollard.pass.locations;
