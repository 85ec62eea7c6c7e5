/// What is known of a toolchain: what Pollard can do with it, which gaps async Rust still has in it
/// (found by compiling probes), and where a project's source runs into them.
package dev.pollard.doctor;
