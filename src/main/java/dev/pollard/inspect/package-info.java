/// Where each byte of a file goes: to which function, through inlining, and to which async machine.
package dev.pollard.inspect;
