//! What a rehearsal prunes: two places that await the same, a panic that says where.
#![no_std]
#![no_main]

use core::future::Future;
use core::pin::pin;
use core::sync::atomic::{AtomicU32, Ordering};
use core::task::{Context, Poll, Waker};

static READS: AtomicU32 = AtomicU32::new(0);

#[link(name = "c")]
extern "C" {}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo) -> ! {
    let line = info.location().map_or(0, |place| place.line());
    loop {
        READS.store(line, Ordering::Relaxed);
    }
}

async fn read(table: &[u32], index: usize) -> u32 {
    let tries = READS.fetch_add(1, Ordering::Relaxed) % 3;
    let mut left = tries;
    core::future::poll_fn(|_| match left {
        0 => Poll::Ready(()),
        _ => {
            left -= 1;
            Poll::Pending
        }
    })
    .await;
    table[index]
}

async fn sum(table: &[u32; 16], count: usize) -> u32 {
    let copy = *table;
    let first = match count % 3 {
        0 => read(&copy, count).await,
        1 => read(&copy, count + 1).await,
        _ => 1,
    };
    first + read(table, count + 2).await
}

#[no_mangle]
pub extern "C" fn main(count: usize) -> i32 {
    let table = [3; 16];
    let mut future = pin!(sum(&table, count));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(sum) = future.as_mut().poll(&mut context) {
            return sum as i32;
        }
    }
}
