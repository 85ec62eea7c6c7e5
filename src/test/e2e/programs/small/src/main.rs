//! Polls nested futures to their end and prints what they made.
#![no_std]
#![no_main]

use core::ffi::{c_char, c_int};
use core::future::Future;
use core::pin::{pin, Pin};
use core::task::{Context, Poll, Waker};

#[link(name = "c")]
extern "C" {
    fn puts(text: *const c_char) -> c_int;
    fn abort() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    unsafe { abort() }
}

struct Later(u32);

impl Future for Later {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context) -> Poll<u32> {
        if self.0 == 0 {
            return Poll::Ready(1);
        }
        self.0 -= 1;
        Poll::Pending
    }
}

async fn one(times: u32) -> u32 {
    Later(times).await + Later(times / 2).await
}

async fn sums(command: u32) -> u32 {
    match command % 6 {
        0 => one(1).await,
        1 => one(2).await + 1,
        2 => one(3).await + 2,
        3 => one(4).await + one(1).await,
        4 => one(5).await + one(2).await,
        _ => one(6).await + one(3).await,
    }
}

async fn all(count: u32) -> u32 {
    let mut sum = 0;
    for command in 0..count {
        sum += sums(command).await;
    }
    sum
}

#[no_mangle]
pub extern "C" fn main(count: c_int) -> c_int {
    let mut future = pin!(all(count as u32 * 12));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(sum) = future.as_mut().poll(&mut context) {
            let text = if sum == 42 { c"works" } else { c"wrong" };
            unsafe { puts(text.as_ptr()) };
            return 0;
        }
    }
}
