/// One final artifact from cargo's call to the swap: capture, prune, publish, report.
package dev.pollard.build;
