//! The 16550 of the board, asked once a millisecond while nothing comes: its FIFO holds that much.

use embassy_time::{Duration, Timer, with_timeout};
use embedded_io_async::{BufRead, ErrorKind, ErrorType, Read, Write};

const BASE: *mut u8 = 0x1000_0000 as *mut u8;
const DATA: usize = 0;
const FIFO_CONTROL: usize = 2;
const LINE_CONTROL: usize = 3;
const LINE_STATUS: usize = 5;

const RECEIVED: u8 = 1;
const OVERRUN: u8 = 1 << 1;
const FRAMING: u8 = 1 << 3;
const SENDER_EMPTY: u8 = 1 << 5;

const FIFO: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    Overrun,
    Framing,
    /// The other side does not take what is sent.
    Stuck,
}

impl core::fmt::Display for Error {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Error::Overrun => "bytes were lost",
            Error::Framing => "a byte was broken",
            Error::Stuck => "nothing can be sent",
        })
    }
}

impl core::error::Error for Error {}

impl embedded_io_async::Error for Error {
    fn kind(&self) -> ErrorKind {
        match self {
            Error::Overrun | Error::Framing => ErrorKind::InvalidData,
            Error::Stuck => ErrorKind::TimedOut,
        }
    }
}

pub struct Serial {
    buffer: [u8; 64],
    start: usize,
    end: usize,
}

impl Serial {
    /// Takes the port. Two of them would steal each other's bytes.
    pub fn new() -> Serial {
        write(LINE_CONTROL, 0b11);
        write(FIFO_CONTROL, 0b111);
        Serial { buffer: [0; 64], start: 0, end: 0 }
    }

    fn drain(&mut self) -> Result<(), Error> {
        while self.end < self.buffer.len() {
            let status = read(LINE_STATUS);
            if status & OVERRUN != 0 {
                return Err(Error::Overrun);
            }
            if status & FRAMING != 0 {
                read(DATA);
                return Err(Error::Framing);
            }
            if status & RECEIVED == 0 {
                break;
            }
            self.buffer[self.end] = read(DATA);
            self.end += 1;
        }
        Ok(())
    }
}

impl Default for Serial {
    fn default() -> Serial {
        Serial::new()
    }
}

fn read(register: usize) -> u8 {
    // SAFETY: a device register of this board; a read takes at most a byte from the FIFO.
    unsafe { BASE.add(register).read_volatile() }
}

fn write(register: usize, value: u8) {
    // SAFETY: a device register of this board that has no effect on memory.
    unsafe { BASE.add(register).write_volatile(value) }
}

impl ErrorType for Serial {
    type Error = Error;
}

impl BufRead for Serial {
    async fn fill_buf(&mut self) -> Result<&[u8], Error> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            loop {
                self.drain()?;
                if self.end > 0 {
                    break;
                }
                Timer::after_millis(1).await;
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, n: usize) {
        self.start = (self.start + n).min(self.end);
    }
}

impl Read for Serial {
    async fn read(&mut self, out: &mut [u8]) -> Result<usize, Error> {
        let bytes = self.fill_buf().await?;
        let n = bytes.len().min(out.len());
        out[..n].copy_from_slice(&bytes[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl Write for Serial {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Error> {
        self.flush().await?;
        let n = bytes.len().min(FIFO);
        for byte in &bytes[..n] {
            write(DATA, *byte);
        }
        Ok(n)
    }

    async fn flush(&mut self) -> Result<(), Error> {
        let empty = async {
            while read(LINE_STATUS) & SENDER_EMPTY == 0 {
                Timer::after_micros(200).await;
            }
        };
        with_timeout(Duration::from_secs(1), empty).await.map_err(|_| Error::Stuck)
    }
}
