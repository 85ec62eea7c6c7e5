/// What the launcher script runs once after a build, so that every later start is fast.
package dev.pollard.launch;
