//! A crawler whose network is its host's: the module asks for pages, the host delivers them when
//! it has them, in whatever order, and each delivery moves the crawl on.
//!
//! The host calls [`start`] once, then [`deliver`] per page that the module asked it to fetch.

mod crawl;
mod host;

use std::cell::RefCell;

use futures_executor::LocalPool;
use futures_util::task::LocalSpawnExt;

thread_local! {
    static POOL: RefCell<LocalPool> = RefCell::new(LocalPool::new());
}

fn run_until_stalled() {
    POOL.with_borrow_mut(LocalPool::run_until_stalled);
}

/// Begins the crawl at `/` and runs until all of it waits for pages.
#[unsafe(no_mangle)]
pub extern "C" fn start() {
    let spawner = POOL.with_borrow(LocalPool::spawner);
    let crawl = async {
        let report = crawl::crawl("/").await;
        host::say(&report);
    };
    spawner.spawn_local(crawl).expect("the pool lives as long as the module");
    run_until_stalled();
}

/// Memory for the host to write a page into.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr()
}

/// Hands over the page of a request, or its absence (a null pointer), and goes on with the crawl.
///
/// # Safety
/// `page` is null or came from [`allocate`] with this very length, and is given up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn deliver(request: u32, page: *mut u8, length: usize) {
    let page = (!page.is_null()).then(|| {
        // SAFETY: as the caller promises.
        unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(page, length)) }.into_vec()
    });
    host::delivered(request, page);
    run_until_stalled();
}
