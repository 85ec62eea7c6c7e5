//! The area of the Mandelbrot set, a task for each row: tasks that never wait.

use advise::{picture, row};

#[tokio::main]
async fn main() {
    let (size, limit) = picture();
    let tasks: Vec<_> =
        (0..size).map(|y| tokio::spawn(async move { row(y, size, limit) })).collect();
    let mut points = 0;
    for task in tasks {
        points += task.await.expect("a row does not panic");
    }
    println!("{points} points");
}
