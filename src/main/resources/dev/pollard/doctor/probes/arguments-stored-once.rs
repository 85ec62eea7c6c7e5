//# title: an argument that lives across an await is stored once
//# run: yes
//# since: open since 2019 (rust-lang/rust#62958)
//# instead: pass large things by reference, or move them into a `let` of an `async` block that captures them
//# source: \basync\s+fn\s+\w+[^{;]*\[\s*u8\s*;\s*\w+\s*\]
async fn other() {}
async fn one(x: [u8; 256]) -> u8 { other().await; x[7] }
fn main() {
    let size = size_of_val(&one([0; 256]));
    println!("a future of {size} bytes for an argument of 256");
    std::process::exit(i32::from(size >= 512));
}
