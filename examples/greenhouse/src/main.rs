//! A greenhouse for one simulated day: a thermometer, a vent, a lamp and a log, one task each.
//!
//! The tasks meet as tasks in real firmware do: readings go through a channel, the vent's motor
//! is told by a signal, the climate is shared under a mutex, and everything waits for time.
#![no_std]
#![no_main]

use board::println;
use embassy_executor::Spawner;
use embassy_futures::select::{Either, select};
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex as Raw;
use embassy_sync::channel::Channel;
use embassy_sync::mutex::Mutex;
use embassy_sync::signal::Signal;
use embassy_time::{Duration, Instant, Ticker, Timer, with_timeout};

/// An hour of the greenhouse's day.
const HOUR: Duration = Duration::from_millis(50);
/// The vent stays as it is between these, in tenths of a degree.
const COMFORT: core::ops::RangeInclusive<i32> = 180..=240;

/// What the sun and the vent make of the air.
struct Climate {
    temperature: i32,
    vent_open: bool,
}

#[derive(Clone, Copy)]
struct Reading {
    hour: u32,
    temperature: i32,
}

static CLIMATE: Mutex<Raw, Climate> = Mutex::new(Climate { temperature: 120, vent_open: false });
static READINGS: Channel<Raw, Reading, 4> = Channel::new();
static VENT: Signal<Raw, bool> = Signal::new();
static DUSK: Signal<Raw, ()> = Signal::new();

/// Lets the air warm and cool, and sends what it measures.
#[embassy_executor::task]
async fn thermometer() {
    // Degrees by hour that the sun adds, in tenths: night, morning, noon, evening.
    const SUN: [i32; 24] = [
        -9, -9, -8, -7, -5, -2, 4, 12, 20, 26, 30, 32, 31, 28, 23, 16, 8, 1, -4, -7, -8, -9, -9, -9,
    ];
    let mut hours = Ticker::every(HOUR);
    for (hour, sun) in (0..).zip(SUN) {
        hours.next().await;
        let temperature = {
            let mut climate = CLIMATE.lock().await;
            climate.temperature += if climate.vent_open { sun - 22 } else { sun };
            climate.temperature
        };
        READINGS.send(Reading { hour, temperature }).await;
    }
    DUSK.signal(());
}

/// Moves the vent when told to; the motor takes its time.
#[embassy_executor::task]
async fn vent() {
    loop {
        let open = VENT.wait().await;
        Timer::after(HOUR / 4).await;
        CLIMATE.lock().await.vent_open = open;
        println!("        vent {}", if open { "opens" } else { "closes" });
    }
}

/// Blinks until dusk, then tells how often.
#[embassy_executor::task]
async fn lamp(spent: &'static Signal<Raw, u32>) {
    let mut blinks = 0;
    loop {
        match select(DUSK.wait(), Timer::after(Duration::from_millis(33))).await {
            Either::First(()) => return spent.signal(blinks),
            Either::Second(()) => blinks += 1,
        }
    }
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    static BLINKS: Signal<Raw, u32> = Signal::new();
    board::start_clock();
    spawner.spawn(thermometer().unwrap());
    spawner.spawn(vent().unwrap());
    spawner.spawn(lamp(&BLINKS).unwrap());

    let mut warmest = i32::MIN;
    // An hour and a half without a reading: the day is over.
    while let Ok(reading) = with_timeout(HOUR * 3 / 2, READINGS.receive()).await {
        let Reading { hour, temperature } = reading;
        println!("{hour:02}:00  {:3}.{} C", temperature / 10, temperature % 10);
        warmest = warmest.max(temperature);
        if !COMFORT.contains(&temperature) {
            let open = temperature > *COMFORT.end();
            if CLIMATE.lock().await.vent_open != open {
                VENT.signal(open);
            }
        }
    }
    println!("warmest {}.{} C, {} blinks", warmest / 10, warmest % 10, BLINKS.wait().await);
    println!("the day took {} ms", Instant::now().as_millis() / 25 * 25);
    board::exit(0)
}
