//! A motor node on CAN: set points come in, speed and current go out, a controller runs at 1 kHz on
//! an executor of its own priority with PWM out, a quadrature encoder and sampled current in.
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use defmt::{error, info, unwrap, warn};
use embassy_executor::{InterruptExecutor, Spawner};
use embassy_futures::select::{Either4, select4};
use embassy_stm32::adc::{Adc, AdcChannel, CONTINUOUS, Exten, RingBufferedAdc, SampleTime};
use embassy_stm32::can::filter::Mask32;
use embassy_stm32::can::{
    Can, CanRx, CanTx, Fifo, Frame, Rx0InterruptHandler, Rx1InterruptHandler, SceInterruptHandler,
    TxInterruptHandler,
};
use embassy_stm32::gpio::{Level, Output, OutputType, Speed};
use embassy_stm32::interrupt;
use embassy_stm32::interrupt::{InterruptExt, Priority};
use embassy_stm32::time::khz;
use embassy_stm32::timer::low_level::CountingMode;
use embassy_stm32::timer::qei::{self, Qei};
use embassy_stm32::timer::simple_pwm::{PwmPin, SimplePwm};
use embassy_stm32::{bind_interrupts, dma, peripherals};
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::channel::Channel;
use embassy_sync::signal::Signal;
use embassy_sync::watch::Watch;
use embassy_time::{Duration, Instant, Ticker, Timer, with_timeout};
use embedded_can::{Id, StandardId};
use static_cell::StaticCell;
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Irqs {
    CAN1_TX => TxInterruptHandler<peripherals::CAN1>;
    CAN1_RX0 => Rx0InterruptHandler<peripherals::CAN1>;
    CAN1_RX1 => Rx1InterruptHandler<peripherals::CAN1>;
    CAN1_SCE => SceInterruptHandler<peripherals::CAN1>;
    DMA2_STREAM0 => dma::InterruptHandler<peripherals::DMA2_CH0>;
});

const NODE: u16 = 5;
const SET_SPEED: u16 = 0x200 + NODE;
const SET_GAINS: u16 = 0x300 + NODE;
const CLEAR: u16 = 0x400 + NODE;
const STATUS: u16 = 0x180 + NODE;
const FAULT: u16 = 0x080 + NODE;
/// Without a set point for so long the motor coasts.
const DEADLINE: Duration = Duration::from_millis(250);
const TOO_MUCH: u32 = 3200;

#[derive(Clone, Copy, defmt::Format)]
struct Gains {
    proportional: i32,
    integral: i32,
}

#[derive(Clone, Copy, PartialEq, defmt::Format)]
#[repr(u8)]
enum Fault {
    Current = 1,
    Stalled = 2,
    Silent = 3,
}

#[derive(Clone, Copy, defmt::Format)]
struct Status {
    speed: i16,
    duty: i16,
    current: u16,
}

type Raw = CriticalSectionRawMutex;

static TARGET: Signal<Raw, i16> = Signal::new();
static GAINS: Signal<Raw, Gains> = Signal::new();
static STATE: Watch<Raw, Status, 1> = Watch::new();
static FAULTS: Channel<Raw, Fault, 4> = Channel::new();
static CURRENT: AtomicU32 = AtomicU32::new(0);
static TRIPPED: AtomicBool = AtomicBool::new(false);

static CONTROL: InterruptExecutor = InterruptExecutor::new();

#[interrupt]
unsafe fn UART4() {
    // SAFETY: the only place that polls it, and the executor was started before.
    unsafe { CONTROL.on_interrupt() }
}

struct Bridge {
    pwm: SimplePwm<'static, peripherals::TIM1>,
    enable: Output<'static>,
}

impl Bridge {
    fn drive(&mut self, duty: i16) {
        let (forward, backward) =
            if duty >= 0 { (duty.unsigned_abs(), 0) } else { (0, duty.unsigned_abs()) };
        self.pwm.ch1().set_duty_cycle_fraction(u32::from(forward.min(1000)), 1000);
        self.pwm.ch2().set_duty_cycle_fraction(u32::from(backward.min(1000)), 1000);
        self.enable.set_high();
    }

    fn coast(&mut self) {
        self.enable.set_low();
        self.pwm.ch1().set_duty_cycle_fully_off();
        self.pwm.ch2().set_duty_cycle_fully_off();
    }
}

fn trip(fault: Fault) {
    TRIPPED.store(true, Ordering::Relaxed);
    let _ = FAULTS.try_send(fault);
}

#[embassy_executor::task]
async fn controller(mut bridge: Bridge, encoder: Qei<'static, peripherals::TIM3>) -> ! {
    let out = STATE.sender();
    let mut ticker = Ticker::every(Duration::from_millis(1));
    let mut gains = Gains { proportional: 40, integral: 4 };
    let mut target = 0_i16;
    let mut heard = Instant::MIN;
    let mut sum = 0_i32;
    let mut last = encoder.count();
    let mut stalled = 0_u16;
    bridge.pwm.ch1().enable();
    bridge.pwm.ch2().enable();
    loop {
        ticker.next().await;
        if let Some(new) = GAINS.try_take() {
            gains = new;
            sum = 0;
        }
        if let Some(new) = TARGET.try_take() {
            target = new;
            heard = Instant::now();
        }
        let count = encoder.count();
        let speed = count.wrapping_sub(last) as i16;
        last = count;
        let silent = heard.elapsed() > DEADLINE;
        let mut duty = 0;
        if silent || TRIPPED.load(Ordering::Relaxed) {
            if silent && target != 0 {
                target = 0;
                trip(Fault::Silent);
            }
            sum = 0;
            bridge.coast();
        } else {
            let error = i32::from(target) - i32::from(speed);
            sum = (sum + error * gains.integral).clamp(-100_000, 100_000);
            duty = ((error * gains.proportional + sum) / 16).clamp(-1000, 1000) as i16;
            bridge.drive(duty);
            stalled = if speed == 0 && duty.abs() > 800 { stalled + 1 } else { 0 };
            if stalled > 500 {
                stalled = 0;
                trip(Fault::Stalled);
            }
        }
        let current = CURRENT.load(Ordering::Relaxed) as u16;
        out.send(Status { speed, duty, current });
    }
}

#[embassy_executor::task]
async fn current(mut adc: RingBufferedAdc<'static, peripherals::ADC1>) -> ! {
    let mut samples = [0; 64];
    adc.start();
    loop {
        match adc.read(&mut samples).await {
            Ok(_) => {
                let mean = samples.iter().map(|s| u32::from(*s)).sum::<u32>() / 64;
                CURRENT.store(mean, Ordering::Relaxed);
                if mean > TOO_MUCH && !TRIPPED.load(Ordering::Relaxed) {
                    trip(Fault::Current);
                }
            }
            Err(_) => {
                warn!("samples lost");
                adc.clear();
            }
        }
    }
}

/// What a frame asks for, if it is one of ours and of the right length.
fn obey(frame: &Frame) -> Option<()> {
    let Id::Standard(id) = *frame.id() else { return None };
    match (id.as_raw(), frame.data()) {
        (SET_SPEED, &[low, high]) => TARGET.signal(i16::from_le_bytes([low, high])),
        (SET_GAINS, &[a, b, c, d]) => GAINS.signal(Gains {
            proportional: i32::from(u16::from_le_bytes([a, b])),
            integral: i32::from(u16::from_le_bytes([c, d])),
        }),
        (CLEAR, []) => TRIPPED.store(false, Ordering::Relaxed),
        _ => return None,
    }
    Some(())
}

fn number(frame: &Frame) -> u32 {
    match frame.id() {
        Id::Standard(id) => u32::from(id.as_raw()),
        Id::Extended(id) => id.as_raw(),
    }
}

async fn send(tx: &mut CanTx<'static>, id: u16, data: &[u8]) {
    let frame = unwrap!(Frame::new_standard(id, data).ok());
    match with_timeout(Duration::from_millis(5), tx.write(&frame)).await {
        Ok(status) => {
            if let Some(lost) = status.dequeued_frame() {
                warn!("instead of {:x}", number(lost));
            }
        }
        Err(_) => error!("the bus is full"),
    }
}

async fn converse(tx: &mut CanTx<'static>, rx: &mut CanRx<'static>) -> ! {
    let mut state = unwrap!(STATE.receiver());
    let mut report = Ticker::every(Duration::from_millis(20));
    let mut beat = Ticker::every(Duration::from_secs(1));
    let mut errors = 0_u32;
    loop {
        match select4(rx.read(), FAULTS.receive(), report.next(), beat.next()).await {
            Either4::First(Ok(envelope)) => {
                errors = 0;
                if obey(&envelope.frame).is_none() {
                    info!("not understood: {:x}", number(&envelope.frame));
                }
            }
            Either4::First(Err(e)) => {
                errors += 1;
                warn!("bus: {:?}", e);
                Timer::after_millis(u64::from(errors.min(100))).await;
            }
            Either4::Second(fault) => {
                error!("{}", fault);
                send(tx, FAULT, &[fault as u8]).await;
            }
            Either4::Third(()) => {
                if let Some(status) = state.try_changed() {
                    let mut data = [0; 6];
                    data[..2].copy_from_slice(&status.speed.to_le_bytes());
                    data[2..4].copy_from_slice(&status.duty.to_le_bytes());
                    data[4..].copy_from_slice(&status.current.to_le_bytes());
                    send(tx, STATUS, &data).await;
                }
            }
            Either4::Fourth(()) => send(tx, 0x700 + NODE, &[5]).await,
        }
    }
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let p = embassy_stm32::init(Default::default());
    let pwm = SimplePwm::new(
        p.TIM1,
        Some(PwmPin::new(p.PA8, OutputType::PushPull)),
        Some(PwmPin::new(p.PA9, OutputType::PushPull)),
        None,
        None,
        khz(20),
        CountingMode::EdgeAlignedUp,
    );
    let bridge = Bridge { pwm, enable: Output::new(p.PB5, Level::Low, Speed::Low) };
    let encoder = Qei::new(p.TIM3, p.PA6, p.PA7, qei::Config::default());
    interrupt::UART4.set_priority(Priority::P6);
    let urgent = CONTROL.start(interrupt::UART4);
    urgent.spawn(unwrap!(controller(bridge, encoder)));

    static SAMPLES: StaticCell<[u16; 256]> = StaticCell::new();
    let pin = p.PA0;
    let adc = Adc::new(p.ADC1).into_ring_buffered(
        p.DMA2_CH0,
        SAMPLES.init([0; 256]),
        Irqs,
        [(pin.degrade_adc(), SampleTime::CYCLES480)].into_iter(),
        CONTINUOUS,
        Exten::DISABLED,
    );
    spawner.spawn(unwrap!(current(adc)));

    let mut can = Can::new(p.CAN1, p.PA11, p.PA12, Irqs);
    can.modify_filters().enable_bank(0, Fifo::Fifo0, node_filter());
    can.modify_config().set_bitrate(500_000).set_automatic_retransmit(true);
    can.enable().await;
    let (mut tx, mut rx) = can.split();
    converse(&mut tx, &mut rx).await
}

/// Standard frames for this node, whatever they are about.
fn node_filter() -> Mask32 {
    let mut filter = Mask32::frames_with_std_id(
        unwrap!(StandardId::new(NODE)),
        unwrap!(StandardId::new(0x7F)),
    );
    filter.data_frames_only();
    filter
}
