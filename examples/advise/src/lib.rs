//! What the twins share: the work itself, without async.

use std::collections::HashMap;

/// How many points of the Mandelbrot set a row of the picture has.
pub fn row(y: usize, size: usize, limit: u32) -> u64 {
    let scale = |n: usize, from: f64, to: f64| from + (to - from) * n as f64 / size as f64;
    let im = scale(y, -1.2, 1.2);
    let inside = |x: usize| {
        let re = scale(x, -2.0, 0.6);
        let (mut a, mut b) = (0.0, 0.0);
        for _ in 0..limit {
            (a, b) = (a * a - b * b + re, 2.0 * a * b + im);
            if a * a + b * b > 4.0 {
                return false;
            }
        }
        true
    };
    (0..size).filter(|&x| inside(x)).count() as u64
}

/// The size of the picture and the most steps for a point, from the command line.
pub fn picture() -> (usize, u32) {
    let mut words = std::env::args().skip(1).map(|w| w.parse().expect("a number"));
    (words.next().unwrap_or(1000), words.next().unwrap_or(1000) as u32)
}

/// The most frequent words of a text, and how often they are there.
pub fn frequent(text: &str, many: usize) -> Vec<(&str, usize)> {
    let mut counts = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_insert(0) += 1;
    }
    let mut words: Vec<_> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    words.truncate(many);
    words
}
