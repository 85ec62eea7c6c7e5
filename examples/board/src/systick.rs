//! Time on Cortex-M: SysTick interrupts once a millisecond and counts.

use core::cell::{Cell, RefCell};
use core::task::Waker;

use cortex_m::peripheral::{SYST, syst::SystClkSource};
use critical_section::{CriticalSection, Mutex};
use embassy_time_driver::Driver;
use embassy_time_queue_utils::Queue;

/// Core clocks per millisecond, as QEMU runs the board of this target.
const CLOCKS_PER_MS: u32 = if cfg!(board = "microbit") {
    16_000
} else if cfg!(board = "lm3s6965evb") {
    12_500
} else if cfg!(board = "mps2-an386") {
    25_000
} else {
    20_000 // mps2-an505
};

struct SysTickDriver {
    /// Milliseconds since the start. 64 bits: no wrap to think of, and under the critical section
    /// also on a core without 64-bit atomics.
    now: Mutex<Cell<u64>>,
    /// When the first waker in the queue is due.
    next: Mutex<Cell<u64>>,
    queue: Mutex<RefCell<Queue>>,
}

embassy_time_driver::time_driver_impl!(static DRIVER: SysTickDriver = SysTickDriver {
    now: Mutex::new(Cell::new(0)),
    next: Mutex::new(Cell::new(u64::MAX)),
    queue: Mutex::new(RefCell::new(Queue::new())),
});

impl SysTickDriver {
    fn tick(&self, cs: CriticalSection) {
        let now = self.now.borrow(cs).get() + 1;
        self.now.borrow(cs).set(now);
        if now >= self.next.borrow(cs).get() {
            self.wake_expired(cs, now);
        }
    }

    fn wake_expired(&self, cs: CriticalSection, now: u64) {
        let next = self.queue.borrow(cs).borrow_mut().next_expiration(now);
        self.next.borrow(cs).set(next);
    }
}

impl Driver for SysTickDriver {
    fn now(&self) -> u64 {
        critical_section::with(|cs| self.now.borrow(cs).get())
    }

    fn schedule_wake(&self, at: u64, waker: &Waker) {
        critical_section::with(|cs| {
            let earlier = self.queue.borrow(cs).borrow_mut().schedule_wake(at, waker);
            if earlier {
                self.wake_expired(cs, self.now.borrow(cs).get());
            }
        });
    }
}

/// Starts SysTick.
pub fn start() {
    // SAFETY: nothing else in these programs touches SysTick.
    let mut systick: SYST = unsafe { cortex_m::Peripherals::steal() }.SYST;
    systick.set_clock_source(SystClkSource::Core);
    systick.set_reload(CLOCKS_PER_MS - 1);
    systick.clear_current();
    systick.enable_counter();
    systick.enable_interrupt();
}

#[cortex_m_rt::exception]
fn SysTick() {
    critical_section::with(|cs| DRIVER.tick(cs));
}
