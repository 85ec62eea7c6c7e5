//! What the cases share: a way to poll, and an entry point.
//!
//! Each case polls its future twice over: `inlined` polls the future itself, so its code may
//! melt into the poller; `out_of_line` polls it behind a `dyn`, so its poll function stands by
//! itself. `twin` is the same without async. All three must give the same. The cases' futures are
//! generic over a `WAY` that they do not use: so each of the two has one poller only.
#![cfg_attr(target_os = "none", no_std)]

use core::future::{Future, poll_fn};
use core::hint::black_box;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

/// Polls to the end.
#[inline(always)]
pub fn inlined<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

/// Polls to the end through a vtable that nobody can see through.
#[inline(never)]
pub fn out_of_line<T>(future: Pin<&mut dyn Future<Output = T>>) -> T {
    inlined(black_box(future))
}

/// A device that needs a moment: pending once.
pub async fn device(input: u32) -> u32 {
    let mut asked = false;
    poll_fn(|_| if core::mem::replace(&mut asked, true) { Poll::Ready(()) } else { Poll::Pending })
        .await;
    touch(input)
}

/// The same device, waited for.
pub fn device_twin(input: u32) -> u32 {
    touch(input)
}

#[inline(never)]
fn touch(input: u32) -> u32 {
    black_box(input).wrapping_mul(5).rotate_left(3)
}

/// Says whether three ways to one result agree, and ends the program.
pub fn finish(inlined: u32, out_of_line: u32, twin: u32) -> ! {
    if inlined == twin && out_of_line == twin {
        board::print("all three agree\n");
        board::exit(0)
    }
    board::print("they differ\n");
    board::exit(1)
}

/// Makes a program of a case: its future for each of the two ways, and its twin, as functions of a
/// number.
#[macro_export]
macro_rules! case {
    ($inlined:expr, $out_of_line:expr, $twin:expr) => {
        #[inline(never)]
        fn inlined(input: u32) -> u32 {
            $crate::inlined($inlined(input))
        }

        #[inline(never)]
        fn out_of_line(input: u32) -> u32 {
            $crate::out_of_line(core::pin::pin!($out_of_line(input)))
        }

        #[inline(never)]
        fn twin(input: u32) -> u32 {
            $twin(input)
        }

        #[cfg(target_os = "none")]
        #[board::entry]
        fn main() -> ! {
            let input = core::hint::black_box(21);
            $crate::finish(inlined(input), out_of_line(input), twin(input))
        }

        #[cfg(not(target_os = "none"))]
        fn main() {
            let input = core::hint::black_box(21);
            $crate::finish(inlined(input), out_of_line(input), twin(input))
        }
    };
}
