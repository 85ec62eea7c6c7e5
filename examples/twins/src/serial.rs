//! A serial line with a person (or a script) at the other end: what it will say is known, and
//! comes in pieces; what it hears goes into the trace.

use core::convert::Infallible;

use embedded_io::{ErrorType, Read, Write};

use crate::executor::once_pending;
use crate::trace::Trace;

/// The line as a driver has it. Reading at the end of the script gives no bytes.
pub struct Serial<'a> {
    trace: &'a Trace,
    script: &'a [u8],
    /// The bytes of the next piece; pieces differ.
    piece: usize,
}

impl<'a> Serial<'a> {
    pub fn new(trace: &'a Trace, script: &'a [u8]) -> Self {
        Self { trace, script, piece: 1 }
    }

    fn take(&mut self, buffer: &mut [u8]) -> usize {
        let length = self.piece.min(buffer.len()).min(self.script.len());
        let (now, later) = self.script.split_at(length);
        buffer[..length].copy_from_slice(now);
        self.script = later;
        self.piece = self.piece * 5 % 13 + 1;
        self.trace.add(b'<', now);
        length
    }

    fn put(&mut self, bytes: &[u8]) -> usize {
        let length = bytes.len().min(16);
        self.trace.add(b'>', &bytes[..length]);
        length
    }
}

impl ErrorType for Serial<'_> {
    type Error = Infallible;
}

impl Read for Serial<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        Ok(self.take(buffer))
    }
}

impl Write for Serial<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        Ok(self.put(bytes))
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        self.trace.add(b'f', &[]);
        Ok(())
    }
}

impl embedded_io_async::Read for Serial<'_> {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        once_pending().await;
        Ok(self.take(buffer))
    }
}

impl embedded_io_async::Write for Serial<'_> {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        once_pending().await;
        Ok(self.put(bytes))
    }

    async fn flush(&mut self) -> Result<(), Infallible> {
        once_pending().await;
        self.trace.add(b'f', &[]);
        Ok(())
    }
}
