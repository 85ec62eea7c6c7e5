//! The line protocol: what a client may say, and what it hears.

use std::fmt;

/// One line from a client.
#[derive(Debug, PartialEq)]
pub enum Request {
    Get(String),
    Set(String, String),
    Delete(String),
    Increment(String, i64),
    /// Milliseconds until the key goes.
    Expire(String, u64),
    Keys(String),
    /// Changes of keys with this prefix, as they happen.
    Watch(String),
    Quit,
}

/// One line to a client.
#[derive(Debug, PartialEq)]
pub enum Reply {
    Done,
    None,
    Value(String),
    Number(i64),
    List(Vec<String>),
    Wrong(String),
}

impl Request {
    /// Reads a line; the error is a sentence for the client.
    pub fn parse(line: &str) -> Result<Self, String> {
        let line = line.trim();
        let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (key, value) = rest.split_once(' ').unwrap_or((rest, ""));
        let number = |default: &str| {
            let text = if value.is_empty() { default } else { value };
            text.parse::<i64>().map_err(|_| format!("{text} is not a number"))
        };
        let request = match command.to_ascii_uppercase().as_str() {
            "KEYS" => Self::Keys(key.to_owned()),
            "WATCH" => Self::Watch(key.to_owned()),
            "QUIT" => Self::Quit,
            _ if key.is_empty() => return Err(format!("{command}: no such command, or no key")),
            "GET" => Self::Get(key.to_owned()),
            "SET" => Self::Set(key.to_owned(), value.to_owned()),
            "DEL" => Self::Delete(key.to_owned()),
            "INCR" => Self::Increment(key.to_owned(), number("1")?),
            "EXPIRE" => Self::Expire(key.to_owned(), number("0")?.unsigned_abs()),
            _ => return Err(format!("{command}: no such command")),
        };
        Ok(request)
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Done => f.write_str("ok"),
            Self::None => f.write_str("none"),
            Self::Value(value) => write!(f, "= {value}"),
            Self::Number(number) => write!(f, "= {number}"),
            Self::List(items) => write!(f, "[{}] {}", items.len(), items.join(" ")),
            Self::Wrong(what) => write!(f, "error: {what}"),
        }
    }
}
