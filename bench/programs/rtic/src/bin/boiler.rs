//! A boiler's controller on RTIC: pulses of a flow meter and a button by interrupt, two thermometers
//! on a bus that tasks share, a burner that locks out after failed starts, a console on a serial port.
#![no_std]
#![no_main]

use {defmt_rtt as _, panic_probe as _};

#[rtic::app(device = nrf52840_hal::pac, peripherals = true, dispatchers = [SWI0_EGU0, SWI1_EGU1, SWI2_EGU2])]
mod app {
    use core::fmt::Write as _;

    use defmt::{error, info, warn};
    use embedded_hal::digital::{InputPin, OutputPin};
    use embedded_hal_02::serial::{Read as _, Write as _};
    use futures_util::{FutureExt, select_biased};
    use heapless::{String, Vec};
    use nrf52840_hal::clocks::Clocks;
    use nrf52840_hal::gpio::{self, Input, Level, Output, Pin, PullUp, PushPull};
    use nrf52840_hal::gpiote::Gpiote;
    use nrf52840_hal::pac::{TWIM0, UARTE1};
    use nrf52840_hal::twim::{self, Twim};
    use nrf52840_hal::uarte::{self, Baudrate, Parity, Uarte, UarteRx, UarteTx};
    use rtic_monotonics::nrf::rtc::prelude::*;
    use rtic_sync::arbiter::Arbiter;
    use rtic_sync::channel::{Receiver, Sender};
    use rtic_sync::signal::{SignalReader, SignalWriter};
    use rtic_sync::watch::{WatchReader, WatchWriter};
    use rtic_sync::{make_channel, make_signal, make_watch};

    nrf_rtc0_monotonic!(Mono);

    const FLOW_SENSOR: u8 = 0x48;
    const RETURN_SENSOR: u8 = 0x49;
    const PULSES_PER_LITRE: u32 = 450;
    const TRIES: u8 = 3;

    /// Tenths of a degree.
    #[derive(Clone, Copy, PartialEq, defmt::Format)]
    pub struct Temperatures {
        flow: i16,
        back: i16,
    }

    #[derive(Clone, Copy, PartialEq, defmt::Format)]
    pub enum Request {
        Heat(i16),
        Off,
        Reset,
    }

    #[derive(Clone, Copy, PartialEq, defmt::Format)]
    pub enum Phase {
        Idle,
        Purging,
        Igniting(u8),
        Burning,
        LockedOut,
    }

    #[derive(Clone, Copy, PartialEq, defmt::Format)]
    pub enum Note {
        Phase(Phase),
        Sensor(u8),
        Shower { litres: u32 },
    }

    pub struct Burner {
        fan: Pin<Output<PushPull>>,
        valve: Pin<Output<PushPull>>,
        spark: Pin<Output<PushPull>>,
        flame: Pin<Input<PullUp>>,
    }

    impl Burner {
        fn burns(&mut self) -> bool {
            self.flame.is_low().unwrap_or(false)
        }

        fn shut(&mut self) {
            let _ = self.valve.set_low();
            let _ = self.spark.set_low();
            let _ = self.fan.set_low();
        }
    }

    #[shared]
    struct Shared {
        pulses: u32,
        goal: Option<i16>,
    }

    #[local]
    struct Local {
        gpiote: Gpiote,
        rx: UarteRx<UARTE1>,
        bytes: Sender<'static, u8, 32>,
        pressed: SignalWriter<'static, ()>,
    }

    #[init(local = [tx_buffer: [u8; 64] = [0; 64], rx_buffer: [u8; 1] = [0]])]
    fn init(cx: init::Context) -> (Shared, Local) {
        let p = cx.device;
        let _clocks = Clocks::new(p.CLOCK).enable_ext_hfosc().start_lfclk();
        Mono::start(p.RTC0, Priority::rtic_default());

        let port0 = gpio::p0::Parts::new(p.P0);
        let pulse = port0.p0_11.into_pullup_input().degrade();
        let button = port0.p0_12.into_pullup_input().degrade();
        let gpiote = Gpiote::new(p.GPIOTE);
        gpiote.channel0().input_pin(&pulse).hi_to_lo().enable_interrupt();
        gpiote.channel1().input_pin(&button).hi_to_lo().enable_interrupt();

        let pins = twim::Pins {
            scl: port0.p0_27.into_floating_input().degrade(),
            sda: port0.p0_26.into_floating_input().degrade(),
        };
        let bus = Twim::new(p.TWIM0, pins, twim::Frequency::K100);

        p.UARTE1.intenset.write(|w| w.endrx().set_bit());
        let pins = uarte::Pins {
            rxd: port0.p0_08.into_floating_input().degrade(),
            txd: port0.p0_06.into_push_pull_output(Level::High).degrade(),
            cts: None,
            rts: None,
        };
        let uart = Uarte::new(p.UARTE1, pins, Parity::EXCLUDED, Baudrate::BAUD115200);
        let (tx, mut rx) = defmt::unwrap!(uart.split(cx.local.tx_buffer, cx.local.rx_buffer).ok());
        let _ = rx.read();

        let burner = Burner {
            fan: port0.p0_13.into_push_pull_output(Level::Low).degrade(),
            valve: port0.p0_14.into_push_pull_output(Level::Low).degrade(),
            spark: port0.p0_15.into_push_pull_output(Level::Low).degrade(),
            flame: port0.p0_16.into_pullup_input().degrade(),
        };

        let (bytes, byte_in) = make_channel!(u8, 32);
        let (notes, note_in) = make_channel!(Note, 8);
        let (pressed, press) = make_signal!(());
        let (requests, request_in) = make_signal!(Request);
        let (measured, temperatures) = make_watch!(Temperatures);
        let bus = cortex_m::singleton!(: Arbiter<Twim<TWIM0>> = Arbiter::new(bus));
        let bus = &*defmt::unwrap!(bus);

        defmt::unwrap!(thermometers::spawn(bus, measured, notes.clone()).ok());
        defmt::unwrap!(meter::spawn(notes.clone()).ok());
        defmt::unwrap!(burn::spawn(burner, request_in, temperatures, notes).ok());
        defmt::unwrap!(console::spawn(byte_in, requests, press).ok());
        defmt::unwrap!(report::spawn(note_in, tx).ok());
        (Shared { pulses: 0, goal: None }, Local { gpiote, rx, bytes, pressed })
    }

    #[task(binds = GPIOTE, priority = 4, local = [gpiote, pressed], shared = [pulses])]
    fn edge(mut cx: edge::Context) {
        if cx.local.gpiote.channel0().is_event_triggered() {
            cx.local.gpiote.channel0().reset_events();
            cx.shared.pulses.lock(|pulses| *pulses = pulses.wrapping_add(1));
        }
        if cx.local.gpiote.channel1().is_event_triggered() {
            cx.local.gpiote.channel1().reset_events();
            cx.local.pressed.write(());
        }
    }

    #[task(binds = UARTE1, priority = 3, local = [rx, bytes])]
    fn received(cx: received::Context) {
        while let Ok(byte) = cx.local.rx.read() {
            if cx.local.bytes.try_send(byte).is_err() {
                warn!("a byte is lost");
            }
        }
    }

    async fn read(bus: &Arbiter<Twim<TWIM0>>, address: u8) -> Result<i16, twim::Error> {
        let mut raw = [0; 2];
        bus.access().await.write_then_read(address, &[0], &mut raw)?;
        // A sixteenth of a degree a step, in the upper twelve bits.
        Ok((i32::from(i16::from_be_bytes(raw) >> 4) * 10 / 16) as i16)
    }

    async fn read_twice(bus: &Arbiter<Twim<TWIM0>>, address: u8) -> Result<i16, twim::Error> {
        match read(bus, address).await {
            Ok(value) => Ok(value),
            Err(_) => {
                Mono::delay(20.millis()).await;
                read(bus, address).await
            }
        }
    }

    #[task(priority = 1)]
    async fn thermometers(
        _: thermometers::Context,
        bus: &'static Arbiter<Twim<TWIM0>>,
        mut out: WatchWriter<'static, Temperatures>,
        mut notes: Sender<'static, Note, 8>,
    ) {
        let mut next = Mono::now();
        loop {
            next += 500.millis();
            let flow = read_twice(bus, FLOW_SENSOR).await;
            let back = read_twice(bus, RETURN_SENSOR).await;
            match (flow, back) {
                (Ok(flow), Ok(back)) => out.write(Temperatures { flow, back }),
                (Err(_), _) => drop(notes.send(Note::Sensor(FLOW_SENSOR)).await),
                (_, Err(_)) => drop(notes.send(Note::Sensor(RETURN_SENSOR)).await),
            }
            Mono::delay_until(next).await;
        }
    }

    #[task(priority = 1, shared = [pulses])]
    async fn meter(mut cx: meter::Context, mut notes: Sender<'static, Note, 8>) {
        let mut last = 0;
        let mut start = None;
        loop {
            Mono::delay(1.secs()).await;
            let now = cx.shared.pulses.lock(|pulses| *pulses);
            match start {
                None if now != last => start = Some(last),
                Some(first) if now == last => {
                    start = None;
                    let litres = now.wrapping_sub(first) / PULSES_PER_LITRE;
                    if notes.send(Note::Shower { litres }).await.is_err() {
                        return;
                    }
                }
                _ => {}
            }
            last = now;
        }
    }

    async fn ignite(
        burner: &mut Burner,
        notes: &mut Sender<'static, Note, 8>,
    ) -> bool {
        let _ = burner.fan.set_high();
        let _ = notes.send(Note::Phase(Phase::Purging)).await;
        Mono::delay(5.secs()).await;
        for attempt in 1..=TRIES {
            let _ = notes.send(Note::Phase(Phase::Igniting(attempt))).await;
            let _ = burner.spark.set_high();
            Mono::delay(500.millis()).await;
            let _ = burner.valve.set_high();
            let lit = async {
                while !burner.burns() {
                    Mono::delay(10.millis()).await;
                }
            };
            let lit = Mono::timeout_after(3.secs(), lit).await.is_ok();
            let _ = burner.spark.set_low();
            if lit {
                return true;
            }
            let _ = burner.valve.set_low();
            Mono::delay(10.secs()).await;
        }
        false
    }

    /// Burns until it is warm enough; false when the flame goes out by itself.
    async fn keep_burning(
        burner: &mut Burner,
        temperatures: &mut WatchReader<'static, Temperatures>,
        goal: i16,
    ) -> bool {
        loop {
            let changed = Mono::timeout_after(2.secs(), temperatures.changed()).await;
            if !burner.burns() {
                return false;
            }
            match changed {
                Ok(t) if t.flow >= goal || t.flow - t.back > 350 => return true,
                Ok(_) => {}
                Err(_) => {
                    error!("blind: the thermometers do not answer");
                    return true;
                }
            }
        }
    }

    #[task(priority = 2, shared = [goal])]
    async fn burn(
        mut cx: burn::Context,
        mut burner: Burner,
        mut requests: SignalReader<'static, Request>,
        mut temperatures: WatchReader<'static, Temperatures>,
        mut notes: Sender<'static, Note, 8>,
    ) {
        let mut goal: Option<i16> = None;
        loop {
            burner.shut();
            let _ = notes.send(Note::Phase(Phase::Idle)).await;
            let request = match goal {
                None => Some(requests.wait().await),
                Some(degrees) => {
                    select_biased! {
                        request = requests.wait().fuse() => Some(request),
                        t = temperatures.changed().fuse() => {
                            if t.flow > degrees - 50 {
                                continue;
                            }
                            None
                        }
                    }
                }
            };
            match request {
                Some(Request::Heat(degrees)) => goal = Some(degrees),
                Some(Request::Off) => goal = None,
                Some(Request::Reset) | None => {}
            }
            cx.shared.goal.lock(|shared| *shared = goal);
            let Some(degrees) = goal else { continue };
            let mut burnt = ignite(&mut burner, &mut notes).await;
            if burnt {
                let _ = notes.send(Note::Phase(Phase::Burning)).await;
                let burning = keep_burning(&mut burner, &mut temperatures, degrees);
                select_biased! {
                    request = requests.wait().fuse() => info!("while it burns: {}", request),
                    ended = burning.fuse() => burnt = ended,
                }
            }
            if !burnt {
                burner.shut();
                let _ = notes.send(Note::Phase(Phase::LockedOut)).await;
                while requests.wait().await != Request::Reset {}
                goal = None;
            }
        }
    }

    fn parse(line: &str) -> Option<Request> {
        match line.split_once(' ') {
            None if line == "off" => Some(Request::Off),
            None if line == "reset" => Some(Request::Reset),
            Some(("heat", degrees)) => {
                let degrees = degrees.parse::<i16>().ok().filter(|d| (20..=85).contains(d))?;
                Some(Request::Heat(degrees * 10))
            }
            _ => None,
        }
    }

    #[task(priority = 1, shared = [goal])]
    async fn console(
        mut cx: console::Context,
        mut bytes: Receiver<'static, u8, 32>,
        mut requests: SignalWriter<'static, Request>,
        mut press: SignalReader<'static, ()>,
    ) {
        let mut line = Vec::<u8, 32>::new();
        loop {
            let byte = select_biased! {
                () = press.wait().fuse() => {
                    let heats = cx.shared.goal.lock(|goal| goal.is_some());
                    requests.write(if heats { Request::Off } else { Request::Heat(600) });
                    Mono::delay(300.millis()).await;
                    continue;
                }
                byte = bytes.recv().fuse() => match byte {
                    Ok(byte) => byte,
                    Err(_) => return,
                },
            };
            match byte {
                b'\r' | b'\n' => {
                    match core::str::from_utf8(&line).ok().and_then(parse) {
                        Some(request) => requests.write(request),
                        None => warn!("not understood: {:02x}", &line[..]),
                    }
                    line.clear();
                }
                other => {
                    if line.push(other).is_err() {
                        line.clear();
                    }
                }
            }
        }
    }

    /// Lets other tasks run while a byte is on its way.
    async fn print(tx: &mut UarteTx<UARTE1>, text: &str) -> Result<(), uarte::Error> {
        for byte in text.bytes() {
            while let Err(e) = tx.write(byte) {
                match e {
                    nb::Error::WouldBlock => Mono::delay(100.micros()).await,
                    nb::Error::Other(e) => return Err(e),
                }
            }
        }
        while let Err(e) = tx.flush() {
            match e {
                nb::Error::WouldBlock => Mono::delay(1.millis()).await,
                nb::Error::Other(e) => return Err(e),
            }
        }
        Ok(())
    }

    #[task(priority = 1)]
    async fn report(
        _: report::Context,
        mut notes: Receiver<'static, Note, 8>,
        mut tx: UarteTx<UARTE1>,
    ) {
        let mut text = String::<64>::new();
        while let Ok(note) = notes.recv().await {
            text.clear();
            let seconds = Mono::now().duration_since_epoch().as_secs();
            let _ = write!(text, "{seconds} ");
            let _ = match note {
                Note::Phase(Phase::Igniting(attempt)) => write!(text, "igniting {attempt}\r\n"),
                Note::Phase(Phase::Idle) => text.write_str("idle\r\n"),
                Note::Phase(Phase::Purging) => text.write_str("purging\r\n"),
                Note::Phase(Phase::Burning) => text.write_str("burning\r\n"),
                Note::Phase(Phase::LockedOut) => text.write_str("locked out\r\n"),
                Note::Sensor(address) => write!(text, "sensor {address:#04x} is gone\r\n"),
                Note::Shower { litres } => write!(text, "{litres} l\r\n"),
            };
            if print(&mut tx, &text).await.is_err() {
                error!("not printed");
            }
        }
    }
}
