//! Time on RISC-V: `mtime` counts at 10 MHz, `mtimecmp` interrupts when the next waker is due.

use core::cell::RefCell;
use core::task::Waker;

use critical_section::{CriticalSection, Mutex};
use embassy_time_driver::Driver;
use embassy_time_queue_utils::Queue;
use riscv::interrupt::Interrupt;

/// Where QEMU's `virt` has the core-local interruptor's registers.
const MTIMECMP: *mut u32 = 0x0200_4000 as *mut u32;
const MTIME: *const u32 = 0x0200_BFF8 as *const u32;

struct MtimeDriver {
    queue: Mutex<RefCell<Queue>>,
}

embassy_time_driver::time_driver_impl!(static DRIVER: MtimeDriver = MtimeDriver {
    queue: Mutex::new(RefCell::new(Queue::new())),
});

/// Reads the counter in two halves, again if the low one wrapped in between.
fn mtime() -> u64 {
    loop {
        // SAFETY: the counter is a device register of this board, and reading it has no effect.
        let (high, low, again) = unsafe {
            (MTIME.add(1).read_volatile(), MTIME.read_volatile(), MTIME.add(1).read_volatile())
        };
        if high == again {
            return u64::from(high) << 32 | u64::from(low);
        }
    }
}

fn set_alarm(at: u64) {
    // SAFETY: device registers that this module alone writes. All ones in between: no alarm
    // comes early while the halves do not belong together.
    unsafe {
        MTIMECMP.write_volatile(u32::MAX);
        MTIMECMP.add(1).write_volatile((at >> 32) as u32);
        MTIMECMP.write_volatile(at as u32);
    }
}

impl MtimeDriver {
    fn wake_expired(&self, cs: CriticalSection) {
        let next = self.queue.borrow(cs).borrow_mut().next_expiration(mtime());
        set_alarm(next);
    }
}

impl Driver for MtimeDriver {
    fn now(&self) -> u64 {
        mtime()
    }

    fn schedule_wake(&self, at: u64, waker: &Waker) {
        critical_section::with(|cs| {
            let earlier = self.queue.borrow(cs).borrow_mut().schedule_wake(at, waker);
            if earlier {
                self.wake_expired(cs);
            }
        });
    }
}

/// Lets the timer interrupt.
pub fn start() {
    set_alarm(u64::MAX);
    // SAFETY: the handler is in place from the first instruction on.
    unsafe {
        riscv::register::mie::set_mtimer();
        riscv::interrupt::enable();
    }
}

#[riscv_rt::core_interrupt(Interrupt::MachineTimer)]
fn machine_timer() {
    critical_section::with(|cs| DRIVER.wake_expired(cs));
}
