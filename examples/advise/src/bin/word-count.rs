//! The most frequent words of a file.

use advise::frequent;

fn main() -> std::io::Result<()> {
    let file = std::env::args().nth(1).expect("a file");
    let text = std::fs::read_to_string(file)?;
    for (word, count) in frequent(&text, 10) {
        println!("{count:6} {word}");
    }
    Ok(())
}
