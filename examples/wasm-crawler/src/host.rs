//! The host's two services, fetching and printing, as async Rust sees them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use futures_channel::oneshot;

#[link(wasm_import_module = "host")]
unsafe extern "C" {
    /// Asks for a page; `deliver` follows.
    fn fetch(request: u32, path: *const u8, length: usize);
    fn print(text: *const u8, length: usize);
}

type Page = Option<Vec<u8>>;

#[derive(Default)]
struct Requests {
    last: u32,
    open: BTreeMap<u32, oneshot::Sender<Page>>,
}

thread_local! {
    static REQUESTS: RefCell<Requests> = RefCell::default();
}

/// The text of a page; none where there is no such page, or it is not text.
pub async fn page(path: &str) -> Option<String> {
    let (sender, receiver) = oneshot::channel();
    let request = REQUESTS.with_borrow_mut(|requests| {
        requests.last += 1;
        requests.open.insert(requests.last, sender);
        requests.last
    });
    // SAFETY: the host reads the path before it returns.
    unsafe { fetch(request, path.as_ptr(), path.len()) };
    String::from_utf8(receiver.await.ok().flatten()?).ok()
}

/// Ends a request.
pub fn delivered(request: u32, page: Page) {
    let sender = REQUESTS.with_borrow_mut(|requests| requests.open.remove(&request));
    if let Some(sender) = sender {
        // Whoever asked may have stopped waiting.
        let _ = sender.send(page);
    }
}

/// Prints text.
pub fn say(text: &str) {
    // SAFETY: the host reads the text before it returns.
    unsafe { print(text.as_ptr(), text.len()) };
}
