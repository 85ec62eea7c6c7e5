/// Passes over a module, their registry, their order and the one runner.
package dev.pollard.pass;
