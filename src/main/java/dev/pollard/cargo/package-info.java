/// Runs cargo for `pollard build` and its like, and carries what the wrapper does to the user.
package dev.pollard.cargo;
