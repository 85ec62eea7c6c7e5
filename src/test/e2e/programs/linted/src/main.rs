//! A program with what each rule of `pollard lint` finds, and beside it what it must leave alone.

mod executor;

use executor::{Later, run, spawn};
use std::sync::Mutex;

static TOTAL: Mutex<u32> = Mutex::new(0);

async fn read(register: u32) -> u32 {
    Later::new().await;
    register ^ 0x5a
}

// never-awaits: called at two places, each with an await of its own.
async fn checksum(data: &[u8]) -> u32 {
    data.iter().fold(7, |sum, byte| sum * 31 + u32::from(*byte))
}

// pass-through
async fn read_status(register: u32) -> u32 {
    read(register).await
}

// Not pass-through: the awaited future would borrow what the call owns.
async fn read_owned(register: Vec<u8>) -> u32 {
    read_slice(&register).await
}

async fn read_slice(register: &[u8]) -> u32 {
    Later::new().await;
    register.iter().map(|b| u32::from(*b)).sum()
}

// same-await
async fn select_register(channel: u32) -> u32 {
    match channel {
        0 => read(0x10).await,
        1 => read(0x20).await,
        2 => read(0x30).await,
        _ => read(0x40).await,
    }
}

// Not same-await: the arms await different functions.
async fn mixed(channel: u32) -> u32 {
    match channel {
        0 => read(0x10).await,
        _ => read_slice(&[1, 2, 3]).await,
    }
}

// large-local: the buffer is used after the await.
async fn buffered(seed: u32) -> u32 {
    let mut buffer = [0u8; 2048];
    buffer[(seed % 2048) as usize] = 3;
    Later::new().await;
    buffer.iter().map(|b| u32::from(*b)).sum()
}

// Not large-local: the buffer's life ends before the await.
async fn scoped(seed: u32) -> u32 {
    let sum: u32 = {
        let mut buffer = [0u8; 2048];
        buffer[(seed % 2048) as usize] = 3;
        buffer.iter().map(|b| u32::from(*b)).sum()
    };
    Later::new().await;
    sum
}

// argument-twice
async fn sum_later(values: [u32; 16]) -> u32 {
    Later::new().await;
    values.iter().sum()
}

// guard-held
async fn guarded() -> u32 {
    let mut total = TOTAL.lock().unwrap();
    Later::new().await;
    *total += 1;
    *total
}

// Not guard-held: let go before.
async fn let_go() -> u32 {
    let total = {
        let mut total = TOTAL.lock().unwrap();
        *total += 1;
        *total
    };
    Later::new().await;
    total
}

// pollard: allow(pass-through)
async fn silenced(register: u32) -> u32 {
    read(register).await
}

trait Device {
    async fn stop(&mut self) -> u32;
    async fn go(&mut self) -> u32;
}

struct Motor(u32);

impl Device for Motor {
    // ready-method
    async fn stop(&mut self) -> u32 {
        self.0 = 0;
        self.0
    }

    async fn go(&mut self) -> u32 {
        self.0 += read(1).await;
        self.0
    }
}

// box-pin: one of three awaits makes it large.
async fn seldom(seed: u32) -> u32 {
    let mut sum = read(seed).await;
    if seed == 0xffff {
        sum += buffered(seed).await;
    }
    sum + read(sum).await
}

async fn main_task() -> u32 {
    let mut motor = Motor(3);
    let mut sum = checksum(b"abc").await;
    sum += read_status(2).await;
    sum += read_owned(vec![1, 2]).await;
    sum += select_register(sum % 4).await;
    sum += mixed(sum % 2).await;
    sum += scoped(sum).await;
    sum += sum_later([sum; 16]).await;
    sum += guarded().await;
    sum += let_go().await;
    sum += silenced(5).await;
    sum += wrapped(6).await;
    sum += motor.go().await;
    sum += motor.stop().await;
    sum += seldom(sum).await;
    sum += checksum(&sum.to_le_bytes()).await;
    sum
}

// redundant-block, by clippy
async fn wrapped(register: u32) -> u32 {
    let inner = read(register);
    let future = async { inner.await };
    Later::new().await;
    future.await
}

// large-spawn
async fn crowd() -> u32 {
    let mut tables = [[0u32; 16]; 100];
    tables[3][5] = 1;
    for (row, table) in tables.iter_mut().enumerate() {
        Later::new().await;
        table[row % 16] += 1;
    }
    tables.iter().flatten().sum()
}

fn main() {
    println!("{}", run(main_task()));
    let task = spawn(crowd());
    println!("{}", run(task));
}
