/// One run of a program on this machine, as `/proc` tells of it.
package dev.pollard.advise.run;
