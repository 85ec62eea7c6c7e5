/// Finds cargo, rustc, the sysroot, and the libLLVM that this very rustc loads.
package dev.pollard.toolchain;
