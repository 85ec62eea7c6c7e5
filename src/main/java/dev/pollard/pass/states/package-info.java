/// Passes that know what async state machines look like once they are code.
package dev.pollard.pass.states;
