//! A bench power supply that is spoken to by lines over a UART, after the fashion of SCPI;
//! written once and compiled twice.

use embedded_io::{Read, Write};
use embedded_io_async::{Read as AsyncRead, Write as AsyncWrite};
use heapless::String;

/// What the controlling computer sends in one run.
pub const SCRIPT: &[u8] = b"*IDN?\r\n*RST\r\nVOLT 3300\r\nVOLT?\r\nCURR 0.5\r\nCURR 500\r\nCURR?\r\n\
OUTP?\r\nOUTP ON\r\nOUTP?\r\nMEAS:VOLT?\r\nMEAS:CURR?\r\nMEAS:POW?\r\nLIST:VOLT 1000,1800,2500,3300\r\n\
LIST:RUN\r\nLIST:VOLT 1000,x\r\nVOLT 99999\r\nSYST:ERR?\r\nSYST:ERR?\r\nSYST:ERR?\r\nSYST:ERR?\r\n\
VOLT 12000\r\nCURR 3000\r\nPROT 11000\r\nMEAS:VOLT?\r\nSTAT?\r\nPROT:CLE\r\nSTAT?\r\n*SAV 1\r\n\
VOLT 5000\r\n*RCL 1\r\nVOLT?\r\nDUMP?\r\nHELP\r\nthis line is longer than any that the supply knows, \
so its end is dropped\r\nSYST:ERR?\r\n*TST?\r\nOUTP OFF\r\nBYE\r\n";

const MAX_MILLIVOLTS: u32 = 30_000;
const MAX_MILLIAMPERES: u32 = 5_000;
const SLOTS: usize = 4;

/// Why a command was not carried out, with SCPI's numbers.
#[derive(Clone, Copy, PartialEq)]
pub enum Fault {
    Header = -113,
    Data = -104,
    Range = -222,
    TooLong = -363,
    Tripped = 301,
}

#[derive(Clone, Copy, Default)]
struct Settings {
    millivolts: u32,
    milliamperes: u32,
    protection: u32,
    on: bool,
}

/// The supply, and its line; its other face is [`Supply`].
#[maybe_async_cfg::maybe(
    sync(self = "Supply", idents(AsyncRead(sync = "Read"), AsyncWrite(sync = "Write"))),
    async(keep_self)
)]
pub struct AsyncSupply<L> {
    line: L,
    settings: Settings,
    saved: [Settings; SLOTS],
    list: heapless::Vec<u32, 8>,
    faults: heapless::Deque<Fault, 4>,
    tripped: bool,
    /// Ohms at the output.
    load: u32,
}

#[maybe_async_cfg::maybe(
    sync(self = "Supply", idents(AsyncRead(sync = "Read"), AsyncWrite(sync = "Write"))),
    async(keep_self)
)]
impl<L: AsyncRead + AsyncWrite> AsyncSupply<L> {
    /// A supply with everything off.
    pub fn new(line: L) -> Self {
        Self {
            line,
            settings: Settings { protection: MAX_MILLIVOLTS, ..Settings::default() },
            saved: [Settings::default(); SLOTS],
            list: heapless::Vec::new(),
            faults: heapless::Deque::new(),
            tripped: false,
            load: 47,
        }
    }

    /// Obeys lines until one says goodbye, or the line goes dead; gives the lines obeyed.
    pub async fn serve(&mut self) -> Result<u32, L::Error> {
        let mut lines = 0;
        loop {
            let mut text = String::new();
            match self.read_line(&mut text).await? {
                None => return Ok(lines),
                Some(Err(fault)) => self.remember(fault),
                Some(Ok(())) if text.as_str() == "BYE" => return Ok(lines),
                Some(Ok(())) => {
                    if let Some(fault) = self.obey(&text).await? {
                        self.remember(fault);
                        self.reply("!").await?;
                    }
                }
            }
            lines += 1;
        }
    }

    async fn read_line(
        &mut self,
        text: &mut String<48>,
    ) -> Result<Option<Result<(), Fault>>, L::Error> {
        let mut whole = Ok(());
        loop {
            let mut byte = [0];
            if self.line.read(&mut byte).await? == 0 {
                return Ok(None);
            }
            match byte[0] {
                b'\n' => return Ok(Some(whole)),
                b'\r' => {}
                byte => {
                    if text.push(byte as char).is_err() {
                        whole = Err(Fault::TooLong);
                    }
                }
            }
        }
    }

    /// Carries out one line; a fault in it is no error of the line.
    async fn obey(&mut self, text: &str) -> Result<Option<Fault>, L::Error> {
        let (header, data) = text.split_once(' ').unwrap_or((text, ""));
        match header {
            "*IDN?" => self.reply("Twins,PS30,0001,1.0").await?,
            "*RST" => {
                let line = Settings { protection: MAX_MILLIVOLTS, ..Settings::default() };
                self.settings = line;
                self.tripped = false;
                self.reply("+").await?;
            }
            "*TST?" => self.reply("0").await?,
            "VOLT" => match number(data, MAX_MILLIVOLTS) {
                Ok(value) => {
                    self.settings.millivolts = value;
                    self.regulate();
                    self.reply("+").await?;
                }
                Err(fault) => return Ok(Some(fault)),
            },
            "CURR" => match number(data, MAX_MILLIAMPERES) {
                Ok(value) => {
                    self.settings.milliamperes = value;
                    self.reply("+").await?;
                }
                Err(fault) => return Ok(Some(fault)),
            },
            "PROT" => match number(data, MAX_MILLIVOLTS) {
                Ok(value) => {
                    self.settings.protection = value;
                    self.regulate();
                    self.reply("+").await?;
                }
                Err(fault) => return Ok(Some(fault)),
            },
            "PROT:CLE" => {
                self.tripped = false;
                self.reply("+").await?;
            }
            "OUTP" => match data {
                "ON" if self.tripped => return Ok(Some(Fault::Tripped)),
                "ON" => {
                    self.settings.on = true;
                    self.regulate();
                    self.reply("+").await?;
                }
                "OFF" => {
                    self.settings.on = false;
                    self.reply("+").await?;
                }
                _ => return Ok(Some(Fault::Data)),
            },
            "VOLT?" => self.reply_number(self.settings.millivolts).await?,
            "CURR?" => self.reply_number(self.settings.milliamperes).await?,
            "OUTP?" => self.reply(if self.settings.on { "ON" } else { "OFF" }).await?,
            "MEAS:VOLT?" => self.reply_number(self.output().0).await?,
            "MEAS:CURR?" => self.reply_number(self.output().1).await?,
            "MEAS:POW?" => {
                let (millivolts, milliamperes) = self.output();
                self.reply_number(millivolts * milliamperes / 1000).await?;
            }
            "STAT?" => self.reply(if self.tripped { "TRIPPED" } else { "OK" }).await?,
            "LIST:VOLT" => {
                self.list.clear();
                for item in data.split(',') {
                    match number(item, MAX_MILLIVOLTS) {
                        Ok(value) if self.list.push(value).is_ok() => {}
                        Ok(_) => return Ok(Some(Fault::TooLong)),
                        Err(fault) => return Ok(Some(fault)),
                    }
                }
                self.reply("+").await?;
            }
            "LIST:RUN" => {
                for step in 0..self.list.len() {
                    self.settings.millivolts = self.list[step];
                    self.regulate();
                    self.reply_number(self.output().1).await?;
                }
            }
            "SYST:ERR?" => match self.faults.pop_front() {
                Some(fault) => self.reply_fault(fault).await?,
                None => self.reply("0,none").await?,
            },
            "*SAV" => match number(data, SLOTS as u32 - 1) {
                Ok(slot) => {
                    self.saved[slot as usize] = self.settings;
                    self.reply("+").await?;
                }
                Err(fault) => return Ok(Some(fault)),
            },
            "*RCL" => match number(data, SLOTS as u32 - 1) {
                Ok(slot) => {
                    self.settings = self.saved[slot as usize];
                    self.regulate();
                    self.reply("+").await?;
                }
                Err(fault) => return Ok(Some(fault)),
            },
            "DUMP?" => self.dump().await?,
            _ => return Ok(Some(Fault::Header)),
        }
        Ok(None)
    }

    async fn dump(&mut self) -> Result<(), L::Error> {
        for slot in 0..SLOTS {
            let settings = self.saved[slot];
            self.reply_number(settings.millivolts).await?;
            self.reply_number(settings.milliamperes).await?;
            self.reply_number(settings.protection).await?;
            self.reply(if settings.on { "ON" } else { "OFF" }).await?;
        }
        self.line.flush().await
    }

    async fn reply_fault(&mut self, fault: Fault) -> Result<(), L::Error> {
        match fault {
            Fault::Header => self.reply("-113,undefined header").await,
            Fault::Data => self.reply("-104,data type").await,
            Fault::Range => self.reply("-222,out of range").await,
            Fault::TooLong => self.reply("-363,overrun").await,
            Fault::Tripped => self.reply("301,tripped").await,
        }
    }

    async fn reply_number(&mut self, number: u32) -> Result<(), L::Error> {
        let mut digits = [0; 10];
        let mut first = digits.len();
        let mut rest = number;
        loop {
            first -= 1;
            digits[first] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.line.write_all(&digits[first..]).await?;
        self.line.write_all(b"\r\n").await
    }

    async fn reply(&mut self, text: &str) -> Result<(), L::Error> {
        self.line.write_all(text.as_bytes()).await?;
        self.line.write_all(b"\r\n").await
    }

    /// Millivolts and milliamperes at the output.
    fn output(&self) -> (u32, u32) {
        if !self.settings.on {
            return (0, 0);
        }
        let current = self.settings.millivolts / self.load;
        let limit = self.settings.milliamperes;
        if current > limit {
            (limit * self.load, limit)
        } else {
            (self.settings.millivolts, current)
        }
    }

    fn regulate(&mut self) {
        if self.settings.on && self.output().0 > self.settings.protection {
            self.settings.on = false;
            self.tripped = true;
            self.remember(Fault::Tripped);
        }
    }

    fn remember(&mut self, fault: Fault) {
        // The first faults tell most: later ones are dropped when the queue is full.
        let _ = self.faults.push_back(fault);
    }
}

fn number(text: &str, most: u32) -> Result<u32, Fault> {
    let value = text.parse().map_err(|_| Fault::Data)?;
    if value > most { Err(Fault::Range) } else { Ok(value) }
}
