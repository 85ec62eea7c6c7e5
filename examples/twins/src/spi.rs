//! An SPI device with its chip select, and pins.

use core::convert::Infallible;

use embedded_hal::digital::{ErrorType as PinErrorType, InputPin, OutputPin};
use embedded_hal::spi::{ErrorType, Operation, SpiDevice};

use crate::executor::once_pending;
use crate::trace::Trace;

/// A chip at the other end. One transaction is one frame of bytes both ways.
pub trait Chip {
    /// Chip select goes low.
    fn select(&mut self);
    /// One byte each way.
    fn exchange(&mut self, byte: u8) -> u8;
    /// Chip select goes high.
    fn deselect(&mut self);
    /// The chip's interrupt line.
    fn interrupt(&self) -> bool {
        false
    }
}

/// The device as a driver has it.
pub struct Device<'a, C> {
    trace: &'a Trace,
    chip: &'a core::cell::RefCell<C>,
}

impl<'a, C: Chip> Device<'a, C> {
    pub fn new(trace: &'a Trace, chip: &'a core::cell::RefCell<C>) -> Self {
        Self { trace, chip }
    }

    fn transfer(&mut self, operations: &mut [Operation<'_, u8>]) {
        let chip = &mut *self.chip.borrow_mut();
        chip.select();
        for operation in operations {
            match operation {
                Operation::Write(bytes) => {
                    self.trace.add(b'w', bytes);
                    for &byte in bytes.iter() {
                        chip.exchange(byte);
                    }
                }
                Operation::Read(bytes) => {
                    for byte in bytes.iter_mut() {
                        *byte = chip.exchange(0);
                    }
                    self.trace.add(b'r', bytes);
                }
                Operation::TransferInPlace(bytes) => {
                    for byte in bytes.iter_mut() {
                        *byte = chip.exchange(*byte);
                    }
                    self.trace.add(b't', bytes);
                }
                Operation::Transfer(read, write) => {
                    for (read, &write) in read.iter_mut().zip(write.iter()) {
                        *read = chip.exchange(write);
                    }
                    self.trace.add(b'x', read);
                }
                Operation::DelayNs(ns) => self.trace.add(b'd', &ns.to_le_bytes()),
            }
        }
        chip.deselect();
    }
}

impl<C> ErrorType for Device<'_, C> {
    type Error = Infallible;
}

impl<C: Chip> SpiDevice for Device<'_, C> {
    fn transaction(&mut self, operations: &mut [Operation<'_, u8>]) -> Result<(), Infallible> {
        self.transfer(operations);
        Ok(())
    }
}

impl<C: Chip> embedded_hal_async::spi::SpiDevice for Device<'_, C> {
    async fn transaction(
        &mut self,
        operations: &mut [Operation<'_, u8>],
    ) -> Result<(), Infallible> {
        once_pending().await;
        self.transfer(operations);
        Ok(())
    }
}

/// The chip's interrupt line as a pin.
pub struct InterruptPin<'a, C>(pub &'a core::cell::RefCell<C>);

impl<C> PinErrorType for InterruptPin<'_, C> {
    type Error = Infallible;
}

impl<C: Chip> InputPin for InterruptPin<'_, C> {
    fn is_high(&mut self) -> Result<bool, Infallible> {
        Ok(self.0.borrow().interrupt())
    }

    fn is_low(&mut self) -> Result<bool, Infallible> {
        Ok(!self.0.borrow().interrupt())
    }
}

/// A pin that goes nowhere but into the trace.
pub struct TracedPin<'a>(pub &'a Trace);

impl PinErrorType for TracedPin<'_> {
    type Error = Infallible;
}

impl OutputPin for TracedPin<'_> {
    fn set_low(&mut self) -> Result<(), Infallible> {
        self.0.add(b'p', &[0]);
        Ok(())
    }

    fn set_high(&mut self) -> Result<(), Infallible> {
        self.0.add(b'p', &[1]);
        Ok(())
    }
}
