//! The keys and values, shared by all connections; changes are told to whoever listens.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::broadcast;
use tokio::time::sleep;

use crate::protocol::Reply;

/// Changes that a slow listener may lag behind before it misses some.
const BACKLOG: usize = 256;

/// A key that was set, or (without a value) that went.
#[derive(Clone, Debug)]
pub struct Change {
    pub key: String,
    pub value: Option<String>,
}

struct Entry {
    value: String,
    /// Counts what was done to the key, so that an expiry knows whether it is still meant.
    version: u64,
}

struct Inner {
    entries: Mutex<BTreeMap<String, Entry>>,
    changes: broadcast::Sender<Change>,
}

/// A handle; clones are the same store.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

impl Store {
    pub fn new() -> Self {
        let (changes, _) = broadcast::channel(BACKLOG);
        Self(Arc::new(Inner { entries: Mutex::default(), changes }))
    }

    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.0.changes.subscribe()
    }

    pub fn get(&self, key: &str) -> Reply {
        let value = self.with(|entries| entries.get(key).map(|entry| entry.value.clone()));
        value.map_or(Reply::None, Reply::Value)
    }

    pub fn set(&self, key: String, value: String) -> Reply {
        self.with(|entries| put(entries, &key, value.clone()));
        self.tell(key, Some(value));
        Reply::Done
    }

    pub fn delete(&self, key: String) -> Reply {
        if self.with(|entries| entries.remove(&key)).is_none() {
            return Reply::None;
        }
        self.tell(key, None);
        Reply::Done
    }

    pub fn increment(&self, key: String, by: i64) -> Reply {
        let sum = self.with(|entries| {
            let old = entries.get(&key).map_or(Ok(0), |entry| entry.value.parse::<i64>()).ok()?;
            let sum = old.checked_add(by)?;
            put(entries, &key, sum.to_string());
            Some(sum)
        });
        let Some(sum) = sum else {
            return Reply::Wrong(format!("{key} holds no number, or too large a one"));
        };
        self.tell(key, Some(sum.to_string()));
        Reply::Number(sum)
    }

    /// Lets a key go after a time, unless it is changed before.
    pub fn expire(&self, key: String, after: Duration) -> Reply {
        let Some(version) = self.with(|entries| entries.get(&key).map(|entry| entry.version))
        else {
            return Reply::None;
        };
        let store = self.clone();
        tokio::spawn(async move {
            sleep(after).await;
            let gone = store.with(|entries| match entries.get(&key) {
                Some(entry) if entry.version == version => entries.remove(&key).is_some(),
                _ => false,
            });
            if gone {
                store.tell(key, None);
            }
        });
        Reply::Done
    }

    pub fn keys(&self, prefix: &str) -> Reply {
        let matching = |entries: &mut BTreeMap<String, Entry>| {
            entries.keys().filter(|key| key.starts_with(prefix)).cloned().collect()
        };
        Reply::List(self.with(matching))
    }

    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<String, Entry>) -> T) -> T {
        work(&mut self.0.entries.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn tell(&self, key: String, value: Option<String>) {
        // Nobody listens: nobody needs to be told.
        let _ = self.0.changes.send(Change { key, value });
    }
}

fn put(entries: &mut BTreeMap<String, Entry>, key: &str, value: String) {
    let version = entries.get(key).map_or(0, |entry| entry.version + 1);
    entries.insert(key.to_owned(), Entry { value, version });
}
