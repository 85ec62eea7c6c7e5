/// How what went wrong is told to people.
package dev.pollard.diagnostic;
