//! Panics deep in nested futures: `backtrace N`, where N chooses the way there.

use std::future::Future;
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

struct Later(u32);

impl Future for Later {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context) -> Poll<u32> {
        if self.0 == 0 {
            return Poll::Ready(7);
        }
        self.0 -= 1;
        Poll::Pending
    }
}

async fn divide(left: u32, right: u32) -> u32 {
    let waited = Later(2).await;
    if right == 0 {
        panic!("{left} is not divided by zero");
    }
    waited + left / right
}

async fn half(of: u32, zero: u32) -> u32 {
    let first = divide(of, 2 - zero).await;
    Later(1).await + first
}

#[inline(never)]
fn check(values: &[u32], index: usize) -> u32 {
    values[index]
}

async fn look_up(values: &[u32], index: usize) -> u32 {
    Later(1).await;
    let found = check(values, index);
    Later(1).await + found
}

/// Awaits the same function in several places: what their states do may become one.
async fn send(command: u32) -> u32 {
    match command % 5 {
        0 => divide(10, command).await,
        1 => divide(20, command).await,
        2 => divide(30, command).await,
        3 => divide(40, command - 3).await,
        _ => divide(50, command).await,
    }
}

async fn boxed(way: u32) -> u32 {
    let future: Pin<Box<dyn Future<Output = u32>>> = match way {
        1 => Box::pin(half(10, 2)),
        2 => Box::pin(async move {
            let values = vec![way; 3];
            look_up(&values, 5).await
        }),
        3 => Box::pin(send(3)),
        _ => Box::pin(half(10, 1)),
    };
    future.await
}

async fn root(way: u32) -> u32 {
    boxed(0).await + boxed(way).await
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    let way = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(0);
    println!("{}", block_on(root(way)));
}
