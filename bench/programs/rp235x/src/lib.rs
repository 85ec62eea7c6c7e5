//! Shared by the programs of this package.
#![no_std]

pub mod net;
