/// Calls of rustc that cargo made, recorded, and made again in another way.
package dev.pollard.replay;
