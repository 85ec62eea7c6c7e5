//! An HTTP server's side of one connection, over any byte stream; written once and compiled twice.
//!
//! Requests come one after the other on a kept-alive connection, bodies with a length or in
//! chunks; the routes are those of a small device: its state, its log, its settings.

use core::fmt::Write as _;

use embedded_io::{Read, Write};
use embedded_io_async::{Read as AsyncRead, Write as AsyncWrite};
use heapless::{String, Vec};

/// What the browser sends in one run.
pub const SCRIPT: &[u8] = b"GET / HTTP/1.1\r\nHost: device\r\n\r\n\
GET /status HTTP/1.1\r\nHost: device\r\nAccept: application/json\r\n\r\n\
PUT /settings/name HTTP/1.1\r\nHost: device\r\nContent-Length: 7\r\n\r\nkitchen\
GET /settings/name HTTP/1.1\r\nHost: device\r\n\r\n\
PUT /settings/interval HTTP/1.1\r\nHost: device\r\nContent-Length: 4\r\n\r\n1500\
PUT /settings/interval HTTP/1.1\r\nHost: device\r\nContent-Length: 4\r\n\r\nsoon\
GET /settings/colour HTTP/1.1\r\nHost: device\r\n\r\n\
POST /log HTTP/1.1\r\nHost: device\r\nTransfer-Encoding: chunked\r\n\r\n\
6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n\
POST /log HTTP/1.1\r\nHost: device\r\nContent-Length: 12\r\n\r\nsecond entry\
GET /log HTTP/1.1\r\nHost: device\r\n\r\n\
HEAD /log HTTP/1.1\r\nHost: device\r\n\r\n\
DELETE /log HTTP/1.1\r\nHost: device\r\n\r\n\
GET /log HTTP/1.1\r\nHost: device\r\n\r\n\
PATCH /log HTTP/1.1\r\nHost: device\r\nContent-Length: 0\r\n\r\n\
POST /log HTTP/1.1\r\nHost: device\r\nContent-Length: 900\r\n\r\n";

const HEAD: usize = 256;
const BODY: usize = 64;
const ENTRIES: usize = 8;

/// A status line.
#[derive(Clone, Copy)]
enum Status {
    Ok,
    Created,
    NoContent,
    BadRequest,
    NotFound,
    NotAllowed,
    TooLarge,
    Full,
}

impl Status {
    fn line(self) -> &'static str {
        match self {
            Self::Ok => "HTTP/1.1 200 OK\r\n",
            Self::Created => "HTTP/1.1 201 Created\r\n",
            Self::NoContent => "HTTP/1.1 204 No Content\r\n",
            Self::BadRequest => "HTTP/1.1 400 Bad Request\r\n",
            Self::NotFound => "HTTP/1.1 404 Not Found\r\n",
            Self::NotAllowed => "HTTP/1.1 405 Method Not Allowed\r\n",
            Self::TooLarge => "HTTP/1.1 413 Content Too Large\r\n",
            Self::Full => "HTTP/1.1 507 Insufficient Storage\r\n",
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Method {
    Get,
    Head,
    Put,
    Post,
    Delete,
    Other,
}

enum Length {
    Known(usize),
    Chunked,
}

struct Request {
    method: Method,
    path: String<48>,
    length: Length,
}

/// Why a request could not be read.
enum Broken {
    /// The peer is gone.
    Closed,
    Malformed,
    TooLarge,
}

/// What the device knows; outlives connections.
pub struct Device {
    name: String<24>,
    interval: u32,
    log: Vec<String<BODY>, ENTRIES>,
    requests: u32,
}

impl Default for Device {
    fn default() -> Self {
        Self { name: String::new(), interval: 1000, log: Vec::new(), requests: 0 }
    }
}

/// One connection; its other face is [`Connection`].
#[maybe_async_cfg::maybe(
    sync(self = "Connection", idents(AsyncRead(sync = "Read"), AsyncWrite(sync = "Write"))),
    async(keep_self)
)]
pub struct AsyncConnection<'d, S> {
    stream: S,
    device: &'d mut Device,
    /// Bytes that came in and were not used yet.
    input: Vec<u8, HEAD>,
}

#[maybe_async_cfg::maybe(
    sync(self = "Connection", idents(AsyncRead(sync = "Read"), AsyncWrite(sync = "Write"))),
    async(keep_self)
)]
impl<'d, S: AsyncRead + AsyncWrite> AsyncConnection<'d, S> {
    pub fn new(stream: S, device: &'d mut Device) -> Self {
        Self { stream, device, input: Vec::new() }
    }

    /// Answers requests until the peer is gone or sends what is none.
    pub async fn serve(&mut self) -> Result<(), S::Error> {
        loop {
            let request = match self.read_request().await? {
                Ok(request) => request,
                Err(Broken::Closed) => return Ok(()),
                Err(Broken::Malformed) => return self.respond(Status::BadRequest, "").await,
                Err(Broken::TooLarge) => return self.respond(Status::TooLarge, "").await,
            };
            let body = match self.read_body(&request.length).await? {
                Ok(body) => body,
                Err(Broken::Closed) => return Ok(()),
                Err(Broken::Malformed) => return self.respond(Status::BadRequest, "").await,
                Err(Broken::TooLarge) => return self.respond(Status::TooLarge, "").await,
            };
            self.device.requests += 1;
            self.route(request.method, &request.path, &body).await?;
            self.stream.flush().await?;
        }
    }

    async fn route(&mut self, method: Method, path: &str, body: &str) -> Result<(), S::Error> {
        match (method, path) {
            (Method::Get, "/") => {
                self.respond(Status::Ok, "a device; see /status, /log, /settings").await
            }
            (Method::Get, "/status") => self.status().await,
            (Method::Get, "/log") => self.log(true).await,
            (Method::Head, "/log") => self.log(false).await,
            (Method::Post, "/log") => {
                match String::try_from(body).map(|entry| self.device.log.push(entry)) {
                    Ok(Ok(())) => self.respond(Status::Created, "").await,
                    _ => self.respond(Status::Full, "").await,
                }
            }
            (Method::Delete, "/log") => {
                self.device.log.clear();
                self.respond(Status::NoContent, "").await
            }
            (method, path) => match path.strip_prefix("/settings/") {
                Some(setting) => self.setting(method, setting, body).await,
                None if path == "/log" => self.respond(Status::NotAllowed, "").await,
                None => self.respond(Status::NotFound, "").await,
            },
        }
    }

    async fn setting(&mut self, method: Method, name: &str, value: &str) -> Result<(), S::Error> {
        match (method, name) {
            (Method::Get, "name") => {
                let name = self.device.name.clone();
                self.respond(Status::Ok, &name).await
            }
            (Method::Get, "interval") => {
                let interval = decimal(self.device.interval);
                self.respond(Status::Ok, &interval).await
            }
            (Method::Put, "name") => match String::try_from(value) {
                Ok(name) => {
                    self.device.name = name;
                    self.respond(Status::NoContent, "").await
                }
                Err(_) => self.respond(Status::TooLarge, "").await,
            },
            (Method::Put, "interval") => match value.parse() {
                Ok(interval) => {
                    self.device.interval = interval;
                    self.respond(Status::NoContent, "").await
                }
                Err(_) => self.respond(Status::BadRequest, "not a number").await,
            },
            (_, "name") | (_, "interval") => self.respond(Status::NotAllowed, "").await,
            _ => self.respond(Status::NotFound, "").await,
        }
    }

    async fn status(&mut self) -> Result<(), S::Error> {
        let requests = decimal(self.device.requests);
        let entries = decimal(self.device.log.len() as u32);
        let length = r#"{"requests":,"log":}"#.len() + requests.len() + entries.len();
        self.head(Status::Ok, "application/json", length).await?;
        self.stream.write_all(br#"{"requests":"#).await?;
        self.stream.write_all(requests.as_bytes()).await?;
        self.stream.write_all(br#","log":"#).await?;
        self.stream.write_all(entries.as_bytes()).await?;
        self.stream.write_all(b"}").await
    }

    async fn log(&mut self, with_body: bool) -> Result<(), S::Error> {
        let length = self.device.log.iter().map(|entry| entry.len() + 1).sum();
        self.head(Status::Ok, "text/plain", length).await?;
        if with_body {
            for entry in &self.device.log {
                self.stream.write_all(entry.as_bytes()).await?;
                self.stream.write_all(b"\n").await?;
            }
        }
        Ok(())
    }

    async fn respond(&mut self, status: Status, text: &str) -> Result<(), S::Error> {
        self.head(status, "text/plain", text.len()).await?;
        self.stream.write_all(text.as_bytes()).await
    }

    async fn head(&mut self, status: Status, kind: &str, length: usize) -> Result<(), S::Error> {
        self.stream.write_all(status.line().as_bytes()).await?;
        if let Status::NoContent = status {
            return self.stream.write_all(b"\r\n").await;
        }
        self.stream.write_all(b"Content-Type: ").await?;
        self.stream.write_all(kind.as_bytes()).await?;
        self.stream.write_all(b"\r\nContent-Length: ").await?;
        self.stream.write_all(decimal(length as u32).as_bytes()).await?;
        self.stream.write_all(b"\r\n\r\n").await
    }

    async fn read_request(&mut self) -> Result<Result<Request, Broken>, S::Error> {
        loop {
            match parse(&self.input) {
                Ok(Some((used, request))) => {
                    self.consume(used);
                    return Ok(Ok(request));
                }
                Ok(None) if self.input.is_full() => return Ok(Err(Broken::TooLarge)),
                Ok(None) => {}
                Err(broken) => return Ok(Err(broken)),
            }
            if !self.read_more().await? {
                return Ok(Err(Broken::Closed));
            }
        }
    }

    async fn read_body(
        &mut self,
        length: &Length,
    ) -> Result<Result<String<BODY>, Broken>, S::Error> {
        let mut body = String::new();
        match *length {
            Length::Known(length) => match self.read_part(length, &mut body).await? {
                Ok(()) => Ok(Ok(body)),
                Err(broken) => Ok(Err(broken)),
            },
            Length::Chunked => loop {
                let mut line = String::new();
                if let Err(broken) = self.read_line(&mut line).await? {
                    return Ok(Err(broken));
                }
                let length = match usize::from_str_radix(&line, 16) {
                    Ok(length) => length,
                    Err(_) => return Ok(Err(Broken::Malformed)),
                };
                if let Err(broken) = self.read_part(length, &mut body).await? {
                    return Ok(Err(broken));
                }
                line.clear();
                if let Err(broken) = self.read_line(&mut line).await? {
                    return Ok(Err(broken));
                }
                if length == 0 {
                    return Ok(Ok(body));
                }
            },
        }
    }

    /// Adds so many bytes to the body.
    async fn read_part(
        &mut self,
        length: usize,
        body: &mut String<BODY>,
    ) -> Result<Result<(), Broken>, S::Error> {
        if body.len() + length > BODY {
            return Ok(Err(Broken::TooLarge));
        }
        let mut missing = length;
        while missing > 0 {
            if self.input.is_empty() && !self.read_more().await? {
                return Ok(Err(Broken::Closed));
            }
            let now = missing.min(self.input.len());
            match core::str::from_utf8(&self.input[..now]) {
                Ok(text) if body.push_str(text).is_ok() => {}
                _ => return Ok(Err(Broken::Malformed)),
            }
            self.consume(now);
            missing -= now;
        }
        Ok(Ok(()))
    }

    /// Reads to the end of a line, and leaves its end out.
    async fn read_line(&mut self, line: &mut String<16>) -> Result<Result<(), Broken>, S::Error> {
        loop {
            if self.input.is_empty() && !self.read_more().await? {
                return Ok(Err(Broken::Closed));
            }
            let byte = self.input[0];
            self.consume(1);
            match byte {
                b'\n' => return Ok(Ok(())),
                b'\r' => {}
                byte if line.push(byte as char).is_ok() => {}
                _ => return Ok(Err(Broken::Malformed)),
            }
        }
    }

    /// Takes what comes; false when the peer is gone.
    async fn read_more(&mut self) -> Result<bool, S::Error> {
        let mut piece = [0; 32];
        let room = (HEAD - self.input.len()).min(piece.len());
        let length = self.stream.read(&mut piece[..room]).await?;
        // There is room: so much was asked for.
        let _ = self.input.extend_from_slice(&piece[..length]);
        Ok(length > 0)
    }

    fn consume(&mut self, used: usize) {
        self.input.copy_within(used.., 0);
        self.input.truncate(self.input.len() - used);
    }
}

/// A request's head and its length in bytes; none while there is more to come.
fn parse(input: &[u8]) -> Result<Option<(usize, Request)>, Broken> {
    let mut headers = [httparse::EMPTY_HEADER; 8];
    let mut head = httparse::Request::new(&mut headers);
    let used = match head.parse(input) {
        Ok(httparse::Status::Complete(used)) => used,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(_) => return Err(Broken::Malformed),
    };
    let method = match head.method {
        Some("GET") => Method::Get,
        Some("HEAD") => Method::Head,
        Some("PUT") => Method::Put,
        Some("POST") => Method::Post,
        Some("DELETE") => Method::Delete,
        _ => Method::Other,
    };
    let path = String::try_from(head.path.unwrap_or_default()).map_err(|_| Broken::TooLarge)?;
    let mut length = Length::Known(0);
    for header in head.headers.iter() {
        if header.name.eq_ignore_ascii_case("content-length") {
            let text = core::str::from_utf8(header.value).map_err(|_| Broken::Malformed)?;
            length = Length::Known(text.parse().map_err(|_| Broken::Malformed)?);
        } else if header.name.eq_ignore_ascii_case("transfer-encoding") {
            length = Length::Chunked;
        }
    }
    Ok(Some((used, Request { method, path, length })))
}

fn decimal(number: u32) -> String<10> {
    let mut text = String::new();
    // Ten digits hold any of them.
    let _ = write!(text, "{number}");
    text
}
