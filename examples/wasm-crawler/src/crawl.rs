//! The crawl itself: breadth first, a few pages at a time, each page once.

use std::collections::BTreeMap;
use std::fmt::Write;

use futures_util::future::{Either, select};
use futures_util::stream::{FuturesUnordered, StreamExt};
use futures_util::{FutureExt, pin_mut};

use crate::host;

/// Pages in flight at a time.
const AT_ONCE: usize = 3;

struct Visit {
    path: String,
    words: usize,
    links: Vec<String>,
}

/// Follows the links from a path on, and reports words by page.
pub async fn crawl(first: &str) -> String {
    let mut seen: BTreeMap<String, Option<usize>> = BTreeMap::from([(first.to_owned(), None)]);
    let mut waiting = vec![first.to_owned()];
    let mut in_flight = FuturesUnordered::new();
    loop {
        while in_flight.len() < AT_ONCE
            && let Some(path) = waiting.pop()
        {
            in_flight.push(visit(path));
        }
        let Some(visit) = in_flight.next().await else { break };
        host::say(&format!("{}: {} words, {} links", visit.path, visit.words, visit.links.len()));
        seen.insert(visit.path, Some(visit.words));
        for link in visit.links {
            if !seen.contains_key(&link) {
                seen.insert(link.clone(), None);
                waiting.push(link);
            }
        }
    }
    let words: usize = seen.values().flatten().sum();
    let mut report = format!("{} pages, {words} words", seen.len());
    let longest = seen.iter().max_by_key(|(_, words)| **words).map_or("", |(path, _)| path);
    let _ = write!(report, ", longest {longest}");
    report
}

/// Reads one page: its words, and where it leads.
async fn visit(path: String) -> Visit {
    let Some(text) = page_or_mirror(&path).await else {
        return Visit { path, words: 0, links: Vec::new() };
    };
    let mut links = Vec::new();
    let mut words = 0;
    for word in text.split_whitespace() {
        words += 1;
        if let Some(link) = word.strip_prefix("->") {
            links.push(link.to_owned());
        }
    }
    Visit { path, words, links }
}

/// Asks the site and its mirror, and takes what comes first.
async fn page_or_mirror(path: &str) -> Option<String> {
    let mirror = format!("/mirror{path}");
    let (site, mirror) = (host::page(path).fuse(), host::page(&mirror).fuse());
    pin_mut!(site, mirror);
    match select(site, mirror).await {
        Either::Left((Some(text), _)) | Either::Right((Some(text), _)) => Some(text),
        Either::Left((None, mirror)) => mirror.await,
        Either::Right((None, site)) => site.await,
    }
}
