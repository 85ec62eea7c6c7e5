//! The most frequent words of a file, read through tokio.

use advise::frequent;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let file = std::env::args().nth(1).expect("a file");
    let text = tokio::fs::read_to_string(file).await?;
    for (word, count) in frequent(&text, 10) {
        println!("{count:6} {word}");
    }
    Ok(())
}
