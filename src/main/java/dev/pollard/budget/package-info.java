/// Whether a program keeps to what it may take, who grew when it does not, and what would help.
package dev.pollard.budget;
