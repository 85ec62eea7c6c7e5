//! A web server on Ethernet: a page, an API in JSON, settings by a form, and temperatures as a
//! stream of events. The sensor and the lamp have tasks of their own.
#![no_std]
#![no_main]

use defmt::{info, unwrap, warn};
use embassy_executor::Spawner;
use embassy_futures::select::{Either, select};
use embassy_net::{Stack, StackResources};
use embassy_rp::adc::{self, Adc};
use embassy_rp::bind_interrupts;
use embassy_rp::gpio::{Level, Output};
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::mutex::Mutex;
use embassy_sync::signal::Signal;
use embassy_sync::watch::Watch;
use embassy_time::{Duration, Instant, Ticker, Timer, with_timeout};
use picoserve::extract::{Form, Query};
use picoserve::response::{self, ErrorWithStatusCode, IntoResponse};
use picoserve::routing::{get, get_service, parse_path_segment, post};
use rp235x::{net, wiring};
use serde::{Deserialize, Serialize};
use static_cell::StaticCell;
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Irqs {
    ADC_IRQ_FIFO => adc::InterruptHandler;
});

const WORKERS: usize = 3;

type Raw = CriticalSectionRawMutex;

#[derive(Clone, Copy, Serialize)]
struct Reading {
    /// Seconds since power on.
    at: u64,
    celsius: f32,
    samples: u32,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Settings {
    interval_ms: u32,
    alarm_above: f32,
}

#[derive(Clone, Copy, PartialEq)]
enum Lamp {
    Off,
    On,
    Blinking(u32),
}

#[derive(Deserialize)]
struct Unit {
    fahrenheit: Option<bool>,
}

#[derive(thiserror::Error, Debug, ErrorWithStatusCode)]
enum Refused {
    #[error("the interval is from 100 to 60000 milliseconds\n")]
    #[status_code(BAD_REQUEST)]
    Interval,
    #[error("there is no reading yet\n")]
    #[status_code(SERVICE_UNAVAILABLE)]
    NoReading,
}

static READINGS: Watch<Raw, Reading, 4> = Watch::new();
static SETTINGS: Mutex<Raw, Settings> = Mutex::new(Settings { interval_ms: 1000, alarm_above: 60.0 });
static LAMP: Signal<Raw, Lamp> = Signal::new();
static RETIME: Signal<Raw, ()> = Signal::new();

#[embassy_executor::task]
async fn thermometer(mut adc: Adc<'static, adc::Async>, mut sensor: adc::Channel<'static>) -> ! {
    let out = READINGS.sender();
    let mut samples = 0_u32;
    let mut alarm = false;
    loop {
        let settings = *SETTINGS.lock().await;
        let interval = Duration::from_millis(u64::from(settings.interval_ms));
        match with_timeout(Duration::from_millis(50), adc.read(&mut sensor)).await {
            Ok(Ok(raw)) => {
                samples = samples.wrapping_add(1);
                let celsius = 27.0 - (f32::from(raw) * 3.3 / 4096.0 - 0.706) / 0.001_721;
                out.send(Reading { at: Instant::now().as_secs(), celsius, samples });
                if alarm != (celsius > settings.alarm_above) {
                    alarm = !alarm;
                    LAMP.signal(if alarm { Lamp::Blinking(100) } else { Lamp::Off });
                }
            }
            Ok(Err(e)) => warn!("no conversion: {:?}", e),
            Err(_) => warn!("the converter is stuck"),
        }
        if let Either::First(()) = select(RETIME.wait(), Timer::after(interval)).await {
            info!("a new interval");
        }
    }
}

#[embassy_executor::task]
async fn lamp(mut pin: Output<'static>) -> ! {
    let mut state = Lamp::Off;
    loop {
        state = match state {
            Lamp::Blinking(ms) => {
                pin.toggle();
                match with_timeout(Duration::from_millis(u64::from(ms.max(20))), LAMP.wait()).await {
                    Ok(new) => new,
                    Err(_) => continue,
                }
            }
            steady => {
                pin.set_level(Level::from(steady == Lamp::On));
                LAMP.wait().await
            }
        };
    }
}

async fn reading(Query(unit): Query<Unit>) -> Result<impl IntoResponse, Refused> {
    let mut reading = READINGS.try_get().ok_or(Refused::NoReading)?;
    if unit.fahrenheit.unwrap_or(false) {
        reading.celsius = reading.celsius * 1.8 + 32.0;
    }
    Ok(response::Json(reading))
}

async fn configure(Form(new): Form<Settings>) -> Result<response::Redirect, Refused> {
    if !(100..=60_000).contains(&new.interval_ms) {
        return Err(Refused::Interval);
    }
    *SETTINGS.lock().await = new;
    RETIME.signal(());
    Ok(response::Redirect::to("/"))
}

struct Events;

impl response::sse::EventSource for Events {
    async fn write_events<W: picoserve::io::Write>(
        self,
        mut writer: response::sse::EventWriter<'_, W>,
    ) -> Result<(), W::Error> {
        let Some(mut readings) = READINGS.receiver() else {
            return writer.write_event("full", "too many listen").await;
        };
        let mut alive = Ticker::every(Duration::from_secs(15));
        loop {
            match select(readings.changed(), alive.next()).await {
                Either::First(reading) => {
                    let text = format_args!("{} {:.2}", reading.at, reading.celsius);
                    writer.write_event("reading", text).await?;
                }
                Either::Second(()) => writer.write_keepalive().await?,
            }
        }
    }
}

const PAGE: &str = "<!doctype html><title>Thermometer</title><h1 id=t>-</h1>\
<form method=post action=/settings>\
<input name=interval_ms value=1000><input name=alarm_above value=60><button>Set</button></form>\
<script>new EventSource('/events').addEventListener('reading',\
e=>document.getElementById('t').textContent=e.data.split(' ')[1]+' C')</script>";

async fn serve(number: usize, stack: Stack<'static>) -> ! {
    let app = picoserve::Router::new()
        .route("/", get_service(response::fs::File::html(PAGE)))
        .route("/reading", get(reading))
        .route("/settings", get(async || response::Json(*SETTINGS.lock().await)).post(configure))
        .route("/events", get(async || response::EventStream(Events)))
        .route("/lamp/off", post(async || LAMP.signal(Lamp::Off)))
        .route("/lamp/on", post(async || LAMP.signal(Lamp::On)))
        .route(
            ("/lamp/blink", parse_path_segment::<u32>()),
            post(async |ms| {
                LAMP.signal(Lamp::Blinking(ms));
                "blinking\n"
            }),
        );
    let config = picoserve::Config::const_default().keep_connection_alive();
    let mut rx = [0; 1024];
    let mut tx = [0; 1024];
    let mut http = [0; 2048];
    picoserve::Server::new(&app, &config, &mut http)
        .listen_and_serve(number, stack, 80, &mut rx, &mut tx)
        .await
        .into_never()
}

#[embassy_executor::task(pool_size = WORKERS)]
async fn worker(number: usize, stack: Stack<'static>) -> ! {
    serve(number, stack).await
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let p = embassy_rp::init(Default::default());
    let adc = Adc::new(p.ADC, Irqs, adc::Config::default());
    let sensor = adc::Channel::new_temp_sensor(p.ADC_TEMP_SENSOR);
    spawner.spawn(unwrap!(thermometer(adc, sensor)));
    spawner.spawn(unwrap!(lamp(Output::new(p.PIN_25, Level::Low))));
    static RESOURCES: StaticCell<StackResources<6>> = StaticCell::new();
    let resources = RESOURCES.init(StackResources::new());
    let stack = net::start(spawner, wiring!(p), [2, 0, 0, 0, 0, 2], resources).await;
    for number in 0..WORKERS {
        spawner.spawn(unwrap!(worker(number, stack)));
    }
}
