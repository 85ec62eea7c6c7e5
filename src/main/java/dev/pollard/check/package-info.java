/// Whether a pruned artifact may take the stock one's place.
package dev.pollard.check;
