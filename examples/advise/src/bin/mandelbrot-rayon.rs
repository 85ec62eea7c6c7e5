//! The area of the Mandelbrot set, its rows split over the processors.

use advise::{picture, row};
use rayon::prelude::*;

fn main() {
    let (size, limit) = picture();
    let points: u64 = (0..size).into_par_iter().map(|y| row(y, size, limit)).sum();
    println!("{points} points");
}
