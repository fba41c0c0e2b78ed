//! An allocator that counts what each thread holds, and that can be told to refuse.

#![allow(unsafe_code, reason = "an allocator is one; these four calls go on to the allocator of the system")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// Counts for the thread that allocates, so that tests may run side by side.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static HELD: Cell<usize> = const { Cell::new(0) };
    static PEAK: Cell<usize> = const { Cell::new(0) };
    static LARGE: Cell<usize> = const { Cell::new(0) };
    /// The allocation of at least [`Refusal::from`] octets that is refused, counted from 0.
    static REFUSAL: Cell<Option<(usize, usize)>> = const { Cell::new(None) };
}

/// How many octets this thread holds.
pub(crate) fn held() -> usize {
    HELD.get()
}

/// The most octets that this thread held at once during `work`, beyond those it held before.
pub(crate) fn peak<R>(work: impl FnOnce() -> R) -> (usize, R) {
    let before = held();
    PEAK.set(before);
    let result = work();
    (PEAK.get() - before, result)
}

/// Does `work` while the allocation number `n`, from 0, of those of at least `from` octets is refused; says whether there
/// was one.
pub(crate) fn refusing<R>(n: usize, from: usize, work: impl FnOnce() -> R) -> (bool, R) {
    LARGE.set(0);
    REFUSAL.set(Some((n, from)));
    let result = work();
    REFUSAL.set(None);
    (LARGE.get() > n, result)
}

fn is_refused(size: usize) -> bool {
    let Some((n, from)) = REFUSAL.get() else { return false };
    if size < from {
        return false;
    }
    let number = LARGE.replace(LARGE.get() + 1);
    number == n
}

fn count(more: usize) {
    let held = HELD.get() + more;
    HELD.set(held);
    PEAK.set(PEAK.get().max(held));
}

fn uncount(less: usize) {
    // What one thread allocated, another may free.
    HELD.set(HELD.get().saturating_sub(less));
}

// SAFETY: every call goes on to the allocator of the system with what it was given, or returns null, which says that there
// is no memory. Counting neither allocates nor unwinds: the counters need no initialisation and no destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_refused(layout.size()) {
            return std::ptr::null_mut();
        }
        count(layout.size());
        // SAFETY: the caller promises what the allocator of the system asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if is_refused(layout.size()) {
            return std::ptr::null_mut();
        }
        count(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, start: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if is_refused(new_size) {
            return std::ptr::null_mut();
        }
        // While the octets are moved, both are held.
        count(new_size);
        uncount(layout.size());
        // SAFETY: as above.
        unsafe { System.realloc(start, layout, new_size) }
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        uncount(layout.size());
        // SAFETY: as above.
        unsafe { System.dealloc(start, layout) }
    }
}
