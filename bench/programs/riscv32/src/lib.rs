//! Shared by the programs of this package: a serial port, and the internet behind a modem on it.
#![no_std]

pub mod modem;
pub mod serial;
