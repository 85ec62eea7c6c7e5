//! Picks the board by the target, and puts its memory map where the linker looks for `memory.x`.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!(
        "cargo::rustc-check-cfg=cfg(board, values(\"microbit\", \"lm3s6965evb\", \"mps2-an386\", \"mps2-an505\", \"virt\"))"
    );
    let target = env::var("TARGET").expect("cargo sets TARGET");
    let board = match target.split('-').next().expect("a triple has parts") {
        "thumbv6m" => "microbit",
        "thumbv7m" => "lm3s6965evb",
        "thumbv7em" => "mps2-an386",
        "thumbv8m.main" => "mps2-an505",
        "riscv32imac" | "riscv64imac" | "riscv64gc" => "virt",
        _ => return,
    };
    println!("cargo::rustc-cfg=board=\"{board}\"");
    println!("cargo::rerun-if-changed=memory/{board}.x");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::copy(format!("memory/{board}.x"), Path::new(&out).join("memory.x"))
        .expect("OUT_DIR can be written");
    // For programs that bring their own interrupt vectors: no other handlers have names.
    fs::write(Path::new(&out).join("device.x"), "").expect("OUT_DIR can be written");
    println!("cargo::rustc-link-search={out}");
}
