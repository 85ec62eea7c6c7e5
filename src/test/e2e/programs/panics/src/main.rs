//! Panics in every way that names a place, catches each, and prints what the hook was told.

mod deep;

use std::cell::RefCell;
use std::hint::black_box;
use std::panic::{self, AssertUnwindSafe, Location};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Keeps the place of its caller: such a location must stay a pointer.
#[track_caller]
fn remember(seen: &mut Vec<&'static Location<'static>>) {
    seen.push(Location::caller());
}

#[track_caller]
fn checked(value: u32) -> u32 {
    match value {
        0 => panic!("zero is no value (asked from {})", Location::caller()),
        n => 100 / n,
    }
}

/// Panics with its caller's place, and remembers it too.
#[track_caller]
fn both(seen: &mut Vec<&'static Location<'static>>) {
    seen.push(Location::caller());
    None::<u8>.expect("both");
}

async fn waits(turns: u32) -> u32 {
    for turn in 0..turns {
        std::future::poll_fn(|cx| {
            if turn % 2 == 0 {
                Poll::Ready(())
            } else {
                cx.waker().wake_by_ref();
                Poll::Ready(())
            }
        })
        .await;
    }
    checked(turns.saturating_sub(3))
}

fn poll_twice() {
    let mut future = pin!(waits(black_box(5)));
    let mut context = Context::from_waker(Waker::noop());
    while future.as_mut().poll(&mut context).is_pending() {}
    let _ = future.as_mut().poll(&mut context);
}

fn consume<T>(value: T) {
    black_box(value);
}

fn main() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().expect("a place");
        let text = info.payload_as_str().unwrap_or("no text");
        println!(
            "  {}:{}:{} ({}): {text}",
            place.file(),
            place.line(),
            place.column(),
            place.file().len()
        );
    }));
    let numbers = black_box(vec![1u32, 2, 3]);
    let index = black_box(7usize);
    let zero = black_box(0u32);
    let cell = RefCell::new(1);
    let text = black_box("grün");
    let mut seen = Vec::new();
    let mut cases: Vec<(&str, Box<dyn FnOnce() + '_>)> = vec![
        ("bounds", Box::new(|| println!("{}", numbers[index]))),
        ("range", Box::new(|| println!("{:?}", &numbers[index..]))),
        ("range end", Box::new(|| println!("{:?}", &numbers[..index]))),
        ("range order", Box::new(|| println!("{:?}", &numbers[black_box(2)..black_box(1)]))),
        ("text", Box::new(|| println!("{}", &text[..black_box(3)]))),
        ("division", Box::new(|| println!("{}", 1 / zero))),
        ("remainder", Box::new(|| println!("{}", 1 % zero))),
        ("none", Box::new(|| consume(black_box(None::<u8>).unwrap()))),
        ("expect", Box::new(|| consume(black_box(None::<u8>).expect("a number")))),
        ("error", Box::new(|| consume(black_box("x").parse::<u8>().unwrap()))),
        ("expect error", Box::new(|| consume(black_box("-").parse::<i8>().expect("a digit")))),
        (
            "borrowed",
            Box::new(|| {
                let _a = cell.borrow_mut();
                consume(cell.borrow());
            }),
        ),
        (
            "borrowed mutably",
            Box::new(|| {
                let _a = cell.borrow();
                consume(cell.borrow_mut());
            }),
        ),
        ("assert", Box::new(|| assert!(zero == 1))),
        ("assert with text", Box::new(|| assert!(zero == 1, "zero is {zero}"))),
        ("equal", Box::new(|| assert_eq!(zero, 1))),
        ("unequal", Box::new(|| assert_ne!(zero, 0, "with {}", "text"))),
        (
            "unreachable",
            Box::new(|| {
                if zero == 0 {
                    unreachable!("never {zero}")
                }
            }),
        ),
        (
            "todo",
            Box::new(|| {
                if zero == 0 {
                    todo!()
                }
            }),
        ),
        (
            "unimplemented",
            Box::new(|| {
                if zero == 0 {
                    unimplemented!("not yet")
                }
            }),
        ),
        ("tracked", Box::new(|| consume(checked(zero)))),
        ("in another file", Box::new(|| deep::er::here(zero))),
        ("in a folder", Box::new(|| deep::other(zero))),
        ("future", Box::new(poll_twice)),
        ("removed", Box::new(|| consume(numbers.clone().remove(index)))),
        ("swapped", Box::new(|| numbers.clone().swap(index, 0))),
        ("copied", Box::new(|| numbers.clone().copy_from_slice(&numbers[1..]))),
        ("chunks", Box::new(|| println!("{}", numbers.chunks(zero as usize).count()))),
        (
            "thread",
            Box::new(|| {
                std::thread::spawn(move || consume(checked(zero))).join().unwrap_or_default()
            }),
        ),
    ];
    cases.push((
        "remembered",
        Box::new(|| {
            remember(&mut seen);
            remember(&mut seen);
            both(&mut seen)
        }),
    ));
    for (name, case) in cases {
        println!("{name}");
        match panic::catch_unwind(AssertUnwindSafe(case)) {
            Ok(()) => println!("  went through"),
            Err(payload) => println!("  caught, with {} bytes", size_of_val(&*payload)),
        }
    }
    for place in seen {
        println!("seen {place}");
    }
}
