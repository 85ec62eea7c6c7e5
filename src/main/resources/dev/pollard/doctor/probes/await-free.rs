//# title: an async block without an await needs no state
//# run: yes
//# since: goal of the Rust project, not landed (rust-lang/rust-project-goals#623); Pollard and LLVM remove it where it is inlined
//# instead: a function that is not async; `core::future::ready`
//# source: \basync\s+(move\s+)?\{\s*(Ok\s*\()?[\w:.&*]*\)?\s*\}
fn main() {
    let size = size_of_val(&async { 7u8 });
    println!("an async block that never waits: {size} bytes");
    std::process::exit(i32::from(size > 0));
}
