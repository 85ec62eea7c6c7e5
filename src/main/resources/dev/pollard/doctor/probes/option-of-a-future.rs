//# title: an `Option` of a future that is no larger than the future (a niche in the state)
//# run: yes
//# since: no niche is given to a coroutine's state (measured: `size_of` of both)
//# instead: keep the future in place and a flag outside only where there are many; `MaybeDone` costs the same
//# source: Option\s*<\s*(Pin\s*<|impl\s+(core::future::|std::future::)?Future|F\s*>|Fut\s*>)
fn sizes<F>(_: &F) -> (usize, usize) { (size_of::<F>(), size_of::<Option<F>>()) }
async fn other() {}
async fn one(x: u32) -> u32 { other().await; x }
fn main() {
    let (plain, option) = sizes(&one(1));
    println!("a future of {plain} bytes, its Option {option}");
    std::process::exit(i32::from(option > plain));
}
