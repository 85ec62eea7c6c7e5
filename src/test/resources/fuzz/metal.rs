//! Bare metal under QEMU: start, text and exit by semihosting, an allocator that reuses memory.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;

#[cfg(target_arch = "arm")]
mod start {
    type Entry = Option<unsafe extern "C" fn()>;

    unsafe extern "C" {
        fn _stack_top();
    }

    unsafe extern "C" fn reset() {
        crate::main();
        super::exit(true)
    }

    unsafe extern "C" fn fault() {
        super::print("fault\n");
        super::exit(false)
    }

    const F: Entry = Some(fault);
    #[used]
    #[unsafe(no_mangle)]
    #[unsafe(link_section = ".start")]
    static _start: [Entry; 16] =
        [Some(_stack_top), Some(reset), F, F, F, F, F, None, None, None, None, F, F, None, F, F];

    pub fn call(operation: usize, argument: usize) -> usize {
        let result;
        // SAFETY: what QEMU answers touches only what the argument points to.
        unsafe {
            core::arch::asm!("bkpt #0xab", inlateout("r0") operation => result, in("r1") argument);
        }
        result
    }
}

#[cfg(target_arch = "riscv32")]
mod start {
    core::arch::global_asm!(
        ".section .start, \"ax\"",
        ".global _start",
        "_start:",
        "la sp, _stack_top",
        "la t0, fault",
        "csrw mtvec, t0",
        "j reset",
    );

    #[unsafe(no_mangle)]
    unsafe extern "C" fn reset() {
        crate::main();
        super::exit(true)
    }

    #[unsafe(no_mangle)]
    #[unsafe(link_section = ".text.fault")]
    unsafe extern "C" fn fault() {
        super::print("fault\n");
        super::exit(false)
    }

    pub fn call(operation: usize, argument: usize) -> usize {
        let result;
        // SAFETY: what QEMU answers touches only what the argument points to.
        unsafe {
            core::arch::asm!(
                ".balign 16", ".option push", ".option norvc",
                "slli x0, x0, 0x1f", "ebreak", "srai x0, x0, 7",
                ".option pop",
                inlateout("a0") operation => result, in("a1") argument,
            );
        }
        result
    }
}

const OPEN: usize = 1;
const WRITE: usize = 5;
const EXIT: usize = 0x18;
const ENDED: usize = 0x20026;
const FAILED: usize = 0x20023;

static OUT: Cell<usize> = Cell(UnsafeCell::new(0));

struct Cell<T>(UnsafeCell<T>);

// SAFETY: there is one thread and no interrupt.
unsafe impl<T> Sync for Cell<T> {}

pub fn print(text: &str) {
    // SAFETY: there is one thread, and the reference does not leave this function.
    let out = unsafe { &mut *OUT.0.get() };
    if *out == 0 {
        let name = b":tt\0";
        *out = start::call(OPEN, [name.as_ptr() as usize, 4, 3].as_ptr() as usize);
    }
    start::call(WRITE, [*out, text.as_ptr() as usize, text.len()].as_ptr() as usize);
}

pub fn exit(well: bool) -> ! {
    start::call(EXIT, if well { ENDED } else { FAILED });
    loop {}
}

/// All programs; the whole trace when there is only one.
pub fn main(programs: &[fn()]) {
    crate::rt::run_all(programs, if programs.len() == 1 { Some(0) } else { None });
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    print("panic\n");
    exit(false)
}

const HEAP: usize = 1 << 20;
const CLASSES: usize = 20;

/// Blocks of powers of two; what is freed is given to the next of its size.
struct Heap {
    next: usize,
    free: [usize; CLASSES],
}

struct Allocator(Cell<Heap>);

#[repr(align(4096))]
struct Memory([u8; HEAP]);

static MEMORY: Cell<Memory> = Cell(UnsafeCell::new(Memory([0; HEAP])));

#[global_allocator]
static ALLOCATOR: Allocator = Allocator(Cell(UnsafeCell::new(Heap { next: 0, free: [0; CLASSES] })));

fn class(layout: Layout) -> usize {
    layout.size().max(layout.align()).max(16).next_power_of_two().trailing_zeros() as usize
}

// SAFETY: blocks do not overlap, and are aligned to their size up to a page.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let class = class(layout);
        let heap = unsafe { &mut *self.0.0.get() };
        if class >= CLASSES {
            return core::ptr::null_mut();
        }
        let first = heap.free[class];
        if first != 0 {
            heap.free[class] = unsafe { *(first as *const usize) };
            return first as *mut u8;
        }
        let at = heap.next.next_multiple_of((1 << class).min(4096));
        if at + (1 << class) > HEAP {
            return core::ptr::null_mut();
        }
        heap.next = at + (1 << class);
        unsafe { MEMORY.0.get().cast::<u8>().add(at) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let class = class(layout);
        let heap = unsafe { &mut *self.0.0.get() };
        unsafe { *block.cast::<usize>() = heap.free[class] };
        heap.free[class] = block as usize;
    }
}
