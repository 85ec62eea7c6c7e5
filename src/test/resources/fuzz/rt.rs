//! What generated programs stand on: an executor, leaf futures, combinators, values, and the trace.
//!
//! Everything that a program can see goes into one row of events, `log(TAG, value)`: each poll of a
//! task and of a leaf, each result, wake, drop, panic. No crates, and no `std` on bare metal.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

/// A future that one of several kinds stands behind.
pub type Boxed = Pin<Box<dyn Future<Output = u32>>>;

// What happened. The place in `NAMES` is the number that is hashed.
pub const START: u8 = 0;
pub const POLL: u8 = 1;
pub const DONE: u8 = 2;
pub const LEFT: u8 = 3;
pub const LEAF: u8 = 4;
pub const LEAF_DROP: u8 = 5;
pub const WAKE: u8 = 6;
pub const CLONE: u8 = 7;
pub const FORGET: u8 = 8;
pub const DROP: u8 = 9;
pub const PANIC: u8 = 10;
pub const PLACE: u8 = 11;
pub const SAY: u8 = 12;
pub const CUT: u8 = 13;
pub const SET: u8 = 14;
pub const STUCK: u8 = 15;

const NAMES: [&str; 16] = [
    "start", "poll", "done", "left", "leaf", "leaf-drop", "wake", "clone", "forget", "drop", "panic",
    "place", "say", "cut", "set", "stuck",
];

/// How many polls of its root a program is cut after, at most: once after each.
const CUTS: u32 = 10;
/// How often all tasks of a run are polled, at most.
const POLLS: u32 = 5_000;
const EVENTS: usize = 8;

struct State {
    hash: u64,
    length: u32,
    print: bool,
    now: u32,
    ready: VecDeque<usize>,
    spawned: Vec<Boxed>,
    timers: Vec<(u32, Waker)>,
    set: [bool; EVENTS],
    waiting: [Vec<Waker>; EVENTS],
}

struct Global(RefCell<State>);

// SAFETY: programs have one thread.
unsafe impl Sync for Global {}

static STATE: Global = Global(RefCell::new(State {
    hash: 0,
    length: 0,
    print: false,
    now: 0,
    ready: VecDeque::new(),
    spawned: Vec::new(),
    timers: Vec::new(),
    set: [false; EVENTS],
    waiting: [const { Vec::new() }; EVENTS],
}));

fn with<T>(f: impl FnOnce(&mut State) -> T) -> T {
    f(&mut STATE.0.borrow_mut())
}

/// Adds an event to the trace.
#[inline(never)]
pub fn log(tag: u8, value: u32) {
    let print = with(|s| {
        s.length += 1;
        for byte in [tag, value as u8, (value >> 8) as u8, (value >> 16) as u8, (value >> 24) as u8] {
            s.hash = (s.hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        s.print
    });
    if print {
        crate::board::print(NAMES[tag as usize]);
        crate::board::print(" ");
        number(u64::from(value), 16);
        crate::board::print("\n");
    }
}

fn number(value: u64, base: u64) {
    let mut digits = [0; 24];
    let mut at = digits.len();
    let mut rest = value;
    loop {
        at -= 1;
        digits[at] = b"0123456789abcdef"[(rest % base) as usize];
        rest /= base;
        if rest == 0 {
            break;
        }
    }
    crate::board::print(core::str::from_utf8(&digits[at..]).unwrap_or("?"));
}

/// Runs all programs, or one whose trace is printed whole.
pub fn run_all(programs: &[fn()], only: Option<usize>) {
    for (index, program) in programs.iter().enumerate() {
        if only.is_some_and(|o| o != index) {
            continue;
        }
        with(|s| {
            s.hash = 0xcbf2_9ce4_8422_2325;
            s.length = 0;
            s.print = only.is_some();
        });
        program();
        let (length, hash) = with(|s| (s.length, s.hash));
        number(index as u64, 10);
        crate::board::print(" ");
        number(u64::from(length), 10);
        crate::board::print(" ");
        number(hash, 16);
        crate::board::print("\n");
    }
}

/// A number that the compiler does not know.
pub fn input(value: u32) -> u32 {
    core::hint::black_box(value)
}

// Running.

/// Runs a program to its end, then again and again, cut off after each poll of its root.
pub fn run(make: &mut dyn FnMut() -> Boxed) {
    let polls = once(make(), u32::MAX);
    for cut in 0..polls.min(CUTS) {
        log(CUT, cut);
        once(make(), cut);
    }
}

/// Polls the root and what it spawns until nothing moves.
fn once(root: Boxed, cut: u32) -> u32 {
    with(|s| {
        s.now = 0;
        s.set = [false; EVENTS];
        s.ready.push_back(0);
    });
    let mut tasks = Vec::new();
    tasks.push(Some(root));
    let mut polls = 0;
    let mut all = 0;
    while all < POLLS {
        for task in with(|s| core::mem::take(&mut s.spawned)) {
            with(|s| s.ready.push_back(tasks.len()));
            tasks.push(Some(task));
        }
        let Some(id) = with(|s| s.ready.pop_front()) else {
            if idle() {
                continue;
            }
            break;
        };
        if id == 0 && polls == cut {
            tasks[0] = None;
            continue;
        }
        let Some(task) = tasks[id].as_mut() else { continue };
        polls += u32::from(id == 0);
        all += 1;
        log(POLL, id as u32);
        let waker = waker(id);
        match guarded(|| task.as_mut().poll(&mut Context::from_waker(&waker))) {
            Ok(Poll::Pending) => {}
            Ok(Poll::Ready(value)) => {
                log(DONE, value);
                tasks[id] = None;
            }
            Err(text) => {
                log(DONE, text);
                tasks[id] = None;
            }
        }
    }
    for task in tasks.iter_mut().filter(|t| t.is_some()) {
        log(LEFT, 0);
        *task = None;
    }
    // Wakers that are left are dropped outside of the borrow: they log.
    let left = with(|s| {
        s.ready.clear();
        (
            core::mem::take(&mut s.timers),
            core::mem::replace(&mut s.waiting, [const { Vec::new() }; EVENTS]),
            core::mem::take(&mut s.spawned),
        )
    });
    drop(left);
    polls
}

/// When no task is ready: time goes on, or an event that is waited for is set. False when neither
/// can be.
fn idle() -> bool {
    let due = with(|s| {
        let first = (0..s.timers.len()).min_by_key(|t| s.timers[*t].0)?;
        let (time, waker) = s.timers.remove(first);
        s.now = s.now.max(time);
        Some(waker)
    });
    if let Some(waker) = due {
        waker.wake();
        return true;
    }
    match with(|s| s.waiting.iter().position(|w| !w.is_empty())) {
        Some(event) => {
            log(STUCK, event as u32);
            set(event as u32);
            true
        }
        None => false,
    }
}

/// Starts a task.
pub fn spawn(task: Boxed) {
    with(|s| s.spawned.push(task));
}

/// Calls `f`. Where panics unwind, one is caught: its text becomes a number.
#[cfg(panic = "unwind")]
pub fn guarded<T>(f: impl FnOnce() -> T) -> Result<T, u32> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)).map_err(|payload| {
        let value = match payload.downcast_ref::<&'static str>() {
            Some(text) => hash(text.as_bytes()),
            None => match payload.downcast_ref::<std::string::String>() {
                Some(text) => hash(text.as_bytes()),
                None => payload.downcast_ref::<u32>().map_or(1, |v| *v),
            },
        };
        log(PANIC, value);
        value
    })
}

/// Calls `f`.
#[cfg(not(panic = "unwind"))]
pub fn guarded<T>(f: impl FnOnce() -> T) -> Result<T, u32> {
    Ok(f())
}

pub fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193))
}

/// Panics in one of several ways when panics unwind and `value` says so; else changes it.
pub fn may_panic(kind: u32, value: u32) -> u32 {
    #[cfg(panic = "unwind")]
    if value % 3 == 0 {
        match kind % 5 {
            0 => panic!("boom"),
            1 => panic!("boom {value}"),
            2 => std::panic::resume_unwind(Box::new(value)),
            3 => return [1u32, 2, 3][core::hint::black_box(3 + value as usize)],
            _ => return None::<u32>.unwrap(),
        }
    }
    value.rotate_left(kind)
}

static TABLE: RawWakerVTable = RawWakerVTable::new(
    |data| {
        log(CLONE, data as usize as u32);
        RawWaker::new(data, &TABLE)
    },
    |data| {
        wake(data as usize);
        log(FORGET, data as usize as u32);
    },
    |data| wake(data as usize),
    |data| log(FORGET, data as usize as u32),
);

fn wake(id: usize) {
    log(WAKE, id as u32);
    with(|s| {
        if !s.ready.contains(&id) {
            s.ready.push_back(id);
        }
    });
}

fn waker(id: usize) -> Waker {
    // SAFETY: the data is a number, and the table treats it as one.
    unsafe { Waker::from_raw(RawWaker::new(core::ptr::without_provenance(id), &TABLE)) }
}

// Leaves: where a program waits.

/// Is `Pending` some times, and wakes itself.
pub struct Yield {
    id: u32,
    left: u32,
    value: u32,
}

pub fn yields(id: u32, left: u32, value: u32) -> Yield {
    Yield { id, left, value }
}

impl Future for Yield {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        log(LEAF, self.id << 8 | self.left);
        if self.left == 0 {
            return Poll::Ready(self.value.wrapping_mul(0x9e37_79b1) ^ self.id);
        }
        self.left -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Yield {
    fn drop(&mut self) {
        log(LEAF_DROP, self.id << 8 | self.left);
    }
}

/// Waits for a time.
pub struct Later {
    id: u32,
    ticks: u32,
    due: Option<u32>,
    value: u32,
}

pub fn later(id: u32, ticks: u32, value: u32) -> Later {
    Later { id, ticks, due: None, value }
}

impl Future for Later {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let now = with(|s| s.now);
        let due = *self.due.get_or_insert(now + 1);
        log(LEAF, self.id << 8 | now.wrapping_sub(due) & 0xff);
        if now >= due + self.ticks {
            return Poll::Ready(self.value ^ self.id.wrapping_mul(0x85eb_ca6b));
        }
        let waker = cx.waker().clone();
        let at = due + self.ticks;
        with(|s| s.timers.push((at, waker)));
        Poll::Pending
    }
}

/// Waits until another task sets an event.
pub struct Event {
    id: u32,
    event: u32,
}

pub fn event(id: u32, event: u32) -> Event {
    Event { id, event }
}

/// Sets an event, which wakes all who wait for it.
pub fn set(event: u32) {
    log(SET, event);
    let slot = event as usize % EVENTS;
    let waiting = with(|s| {
        s.set[slot] = true;
        core::mem::take(&mut s.waiting[slot])
    });
    waiting.into_iter().for_each(Waker::wake);
}

impl Future for Event {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        log(LEAF, self.id << 8 | 0x80 | self.event);
        let slot = self.event as usize % EVENTS;
        if with(|s| s.set[slot]) {
            return Poll::Ready(self.id ^ 0x5bd1_e995);
        }
        let waker = cx.waker().clone();
        with(|s| s.waiting[slot].push(waker));
        Poll::Pending
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        log(LEAF_DROP, self.id << 8 | 0x80 | self.event);
    }
}

/// Is ready at once, and has no drop.
pub struct Now(pub u32);

impl Future for Now {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        Poll::Ready(self.0.rotate_right(7))
    }
}

/// Is never ready, and is never woken.
pub struct Never(pub u32);

impl Future for Never {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        log(LEAF, self.0 << 8 | 0xff);
        Poll::Pending
    }
}

// Combinators.

pub enum Either<A, B> {
    First(A),
    Second(B),
}

pub struct Select<A, B>(A, B);

/// The first of two; the other is dropped.
pub fn select<A: Future, B: Future>(a: A, b: B) -> Select<A, B> {
    Select(a, b)
}

impl<A: Future, B: Future> Future for Select<A, B> {
    type Output = Either<A::Output, B::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: neither moves out of this.
        let this = unsafe { self.get_unchecked_mut() };
        if let Poll::Ready(a) = unsafe { Pin::new_unchecked(&mut this.0) }.poll(cx) {
            return Poll::Ready(Either::First(a));
        }
        unsafe { Pin::new_unchecked(&mut this.1) }.poll(cx).map(Either::Second)
    }
}

enum Part<F: Future> {
    Going(F),
    Ended(F::Output),
    Taken,
}

impl<F: Future> Part<F> {
    /// # Safety
    /// The part must not move from the first poll on.
    unsafe fn poll(&mut self, cx: &mut Context<'_>) -> bool {
        if let Part::Going(f) = self {
            match unsafe { Pin::new_unchecked(f) }.poll(cx) {
                Poll::Pending => return false,
                Poll::Ready(value) => *self = Part::Ended(value),
            }
        }
        true
    }

    fn take(&mut self) -> F::Output {
        match core::mem::replace(self, Part::Taken) {
            Part::Ended(value) => value,
            _ => unreachable!(),
        }
    }
}

pub struct Join<A: Future, B: Future>(Part<A>, Part<B>);

/// Both.
pub fn join<A: Future, B: Future>(a: A, b: B) -> Join<A, B> {
    Join(Part::Going(a), Part::Going(b))
}

impl<A: Future, B: Future> Future for Join<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: neither moves out of this.
        let this = unsafe { self.get_unchecked_mut() };
        let a = unsafe { this.0.poll(cx) };
        let b = unsafe { this.1.poll(cx) };
        if a && b { Poll::Ready((this.0.take(), this.1.take())) } else { Poll::Pending }
    }
}

/// All, in the order in which they end.
pub async fn all(mut futures: Vec<Boxed>) -> u32 {
    let mut sum = 0u32;
    core::future::poll_fn(move |cx| {
        let mut i = 0;
        while i < futures.len() {
            match futures[i].as_mut().poll(cx) {
                Poll::Ready(value) => {
                    sum = sum.wrapping_mul(31).wrapping_add(value);
                    drop(futures.swap_remove(i));
                }
                Poll::Pending => i += 1,
            }
        }
        if futures.is_empty() { Poll::Ready(sum) } else { Poll::Pending }
    })
    .await
}

pub struct Cut<F> {
    left: u32,
    future: F,
}

/// Polls a future so many times at most, then drops it.
pub fn cut<F: Future>(left: u32, future: F) -> Cut<F> {
    Cut { left, future }
}

impl<F: Future> Future for Cut<F> {
    type Output = Option<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: it does not move out of this.
        let this = unsafe { self.get_unchecked_mut() };
        if this.left == 0 {
            return Poll::Ready(None);
        }
        this.left -= 1;
        match unsafe { Pin::new_unchecked(&mut this.future) }.poll(cx) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending if this.left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

pub struct Catch<F>(F);

/// Catches a panic on the way.
pub fn catch<F: Future>(future: F) -> Catch<F> {
    Catch(future)
}

impl<F: Future> Future for Catch<F> {
    type Output = Result<F::Output, u32>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: it does not move out of this.
        let future = unsafe { self.map_unchecked_mut(|c| &mut c.0) };
        match guarded(|| future.poll(cx)) {
            Ok(poll) => poll.map(Ok),
            Err(text) => Poll::Ready(Err(text)),
        }
    }
}

/// Polls once more what has ended or panicked, where the panic can be caught.
pub async fn once_more<F: Future<Output = u32>>(future: F) -> u32 {
    let mut future = core::pin::pin!(future);
    let value = catch(future.as_mut()).await.fold();
    if cfg!(panic = "unwind") { value ^ catch(future.as_mut()).await.fold() } else { value }
}

/// Polls once; what comes of it is only seen in the trace.
pub async fn glance<F: Future<Output = u32>>(mut future: Pin<&mut F>) -> Option<u32> {
    core::future::poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

pub struct Folded<F>(F);

/// A future's value as a number.
pub fn folded<F: Future<Output: Val>>(future: F) -> Folded<F> {
    Folded(future)
}

impl<F: Future<Output: Val>> Future for Folded<F> {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        // SAFETY: it does not move out of this.
        unsafe { self.map_unchecked_mut(|f| &mut f.0) }.poll(cx).map(|v| v.fold())
    }
}

/// Fails where the number says so.
pub async fn checked<F: Future<Output = u32>>(future: F) -> Result<u32, u32> {
    let value = future.await;
    if value % 5 == 0 { Err(value) } else { Ok(value / 5) }
}

pub trait Stream {
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>>;
}

/// The next item of a stream.
pub async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<u32> {
    core::future::poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

pub trait Step {
    async fn step(&mut self, value: u32) -> u32;
}

pub async fn stepped<S: Step>(mut step: S, value: u32) -> u32 {
    let first = step.step(value).await;
    first ^ 0x2545_f491
}

pub async fn twice<S: Step>(step: &mut S, value: u32) -> u32 {
    let first = step.step(value).await;
    step.step(first).await
}

pub async fn called<F: AsyncFn(u32) -> u32>(f: F, value: u32) -> u32 {
    f(value).await
}

pub async fn called_twice<F: AsyncFnMut(u32) -> u32>(mut f: F, value: u32) -> u32 {
    let first = f(value).await;
    f(first).await
}

// Values.

pub struct Guard(u32);

pub fn guard(id: u32) -> Guard {
    Guard(id)
}

impl Drop for Guard {
    fn drop(&mut self) {
        log(DROP, self.0);
    }
}

/// A value of any size, made from a number and folded to one.
pub trait Val: Sized {
    fn make(seed: u32) -> Self;
    fn fold(&self) -> u32;
}

pub fn make<T: Val>(seed: u32) -> T {
    T::make(seed)
}

macro_rules! numbers {
    ($($type:ty)*) => {$(
        impl Val for $type {
            fn make(seed: u32) -> Self { seed.wrapping_mul(0x9e37_79b1) as $type }
            fn fold(&self) -> u32 { *self as u32 ^ (*self as u64 >> 32) as u32 }
        }
    )*};
}
numbers!(u8 u16 u32 u64 i64 u128);

impl Val for () {
    fn make(_: u32) {}
    fn fold(&self) -> u32 {
        9
    }
}

impl Val for bool {
    fn make(seed: u32) -> Self {
        seed & 4 != 0
    }
    fn fold(&self) -> u32 {
        u32::from(*self)
    }
}

impl<T: Val, const N: usize> Val for [T; N] {
    fn make(seed: u32) -> Self {
        core::array::from_fn(|i| T::make(seed.wrapping_add(i as u32)))
    }
    fn fold(&self) -> u32 {
        self.iter().fold(N as u32, |f, v| f.wrapping_mul(0x0100_0193) ^ v.fold())
    }
}

impl<T: Val> Val for Option<T> {
    fn make(seed: u32) -> Self {
        if seed % 3 == 0 { None } else { Some(T::make(seed / 3)) }
    }
    fn fold(&self) -> u32 {
        self.as_ref().map_or(0x77, |v| v.fold().rotate_left(3) ^ 1)
    }
}

impl<T: Val, E: Val> Val for Result<T, E> {
    fn make(seed: u32) -> Self {
        if seed % 2 == 0 { Ok(T::make(seed / 2)) } else { Err(E::make(seed / 2)) }
    }
    fn fold(&self) -> u32 {
        match self {
            Ok(v) => v.fold().rotate_left(5),
            Err(e) => e.fold().rotate_left(11) ^ 0x3333,
        }
    }
}

impl<A: Val, B: Val> Val for (A, B) {
    fn make(seed: u32) -> Self {
        (A::make(seed), B::make(seed ^ 0xabcd))
    }
    fn fold(&self) -> u32 {
        self.0.fold().rotate_left(7) ^ self.1.fold()
    }
}

impl Val for Guard {
    fn make(seed: u32) -> Self {
        Guard(seed)
    }
    fn fold(&self) -> u32 {
        self.0
    }
}

/// An enum whose variants are of all sizes.
pub enum Deep {
    Unit,
    Small(u8),
    Nested(Option<Option<u32>>),
    Wide([u8; 40]),
    Either(Result<u64, bool>),
    Held(Guard),
    Apart(Box<Deep>, u16),
}

impl Val for Deep {
    fn make(seed: u32) -> Self {
        match seed % 7 {
            0 => Deep::Unit,
            1 => Deep::Small(Val::make(seed)),
            2 => Deep::Nested(Val::make(seed)),
            3 => Deep::Wide(Val::make(seed)),
            4 => Deep::Either(Val::make(seed)),
            5 => Deep::Held(Val::make(seed)),
            _ => Deep::Apart(Box::new(Val::make(seed / 7)), Val::make(seed)),
        }
    }
    fn fold(&self) -> u32 {
        match self {
            Deep::Unit => 1,
            Deep::Small(v) => v.fold() ^ 2,
            Deep::Nested(v) => v.fold() ^ 3,
            Deep::Wide(v) => v.fold() ^ 4,
            Deep::Either(v) => v.fold() ^ 5,
            Deep::Held(v) => v.fold() ^ 6,
            Deep::Apart(v, w) => v.fold().rotate_left(9) ^ w.fold(),
        }
    }
}

/// A value between others, with padding.
pub struct Holder<T> {
    pub head: u8,
    pub value: T,
    pub middle: u16,
    pub tail: Option<u64>,
}

impl<T: Val> Val for Holder<T> {
    fn make(seed: u32) -> Self {
        Holder {
            head: Val::make(seed),
            value: Val::make(seed ^ 1),
            middle: Val::make(seed ^ 2),
            tail: Val::make(seed ^ 3),
        }
    }
    fn fold(&self) -> u32 {
        (self.head.fold() ^ self.value.fold()).rotate_left(13) ^ self.middle.fold() ^ self.tail.fold()
    }
}
