/// Facts about async state machines, from a module's IR.
package dev.pollard.machine;
