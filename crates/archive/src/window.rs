//! A sliding ordered window: work in parallel, results in order, a bounded amount in flight.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError};

/// How much may be in flight: finished but waiting for its turn, or being worked on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// Workers.
    pub threads: usize,
    /// Items that may be ahead of the oldest unfinished one.
    pub items: usize,
    /// Bytes of finished items that wait for their turn.
    pub bytes: usize,
}

struct State<T, E> {
    /// The next item nobody has taken.
    next: usize,
    /// The next item to hand on.
    due: usize,
    waiting: BTreeMap<usize, (usize, T)>,
    bytes: usize,
    error: Option<E>,
    /// Somebody is handing on; others only put their results down.
    busy: bool,
}

/// Calls `work` for 0..count on several threads and `take` with each result in order, on one thread at a time.
///
/// `work` also says how many bytes its result holds. Unlike a window with a barrier, one slow item holds up nobody until
/// the window is full. Threads have stacks of 8 MiB: the tree's depth limit is made for that.
///
/// # Errors
/// The first error of `take`; items that nobody has taken by then are left.
pub(crate) fn run_ordered<T: Send, E: Send>(
    count: usize,
    window: Window,
    work: impl Fn(usize) -> (usize, T) + Sync,
    take: impl FnMut(usize, T) -> Result<(), E> + Send,
) -> Result<(), E> {
    let state = Mutex::new(State { next: 0, due: 0, waiting: BTreeMap::new(), bytes: 0, error: None, busy: false });
    let moved = Condvar::new();
    let take = Mutex::new(take);
    let lock = || state.lock().unwrap_or_else(PoisonError::into_inner);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(window.threads.max(1)).stack_size(8 << 20).build();
    let pool = pool.expect("threads can be started");
    pool.broadcast(|_| {
        loop {
            let mut now = lock();
            while now.error.is_none()
                && now.next < count
                && now.next > now.due
                && (now.next >= now.due + window.items.max(1) || now.bytes >= window.bytes)
            {
                now = moved.wait(now).unwrap_or_else(PoisonError::into_inner);
            }
            if now.error.is_some() || now.next >= count {
                return;
            }
            let item = now.next;
            now.next += 1;
            drop(now);

            let (size, result) = work(item);

            let mut now = lock();
            now.bytes += size;
            now.waiting.insert(item, (size, result));
            if now.busy {
                continue;
            }
            now.busy = true;
            loop {
                let due = now.due;
                let Some((size, result)) = now.waiting.remove(&due) else { break };
                drop(now);
                let taken = take.lock().unwrap_or_else(PoisonError::into_inner)(due, result);
                now = lock();
                now.due += 1;
                now.bytes -= size;
                if let Err(error) = taken {
                    now.error.get_or_insert(error);
                    break;
                }
                moved.notify_all();
            }
            now.busy = false;
            moved.notify_all();
        }
    });
    match lock().error.take() {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn window(threads: usize, items: usize, bytes: usize) -> Window {
        Window { threads, items, bytes }
    }

    #[test]
    fn results_come_in_order_whatever_the_threads() {
        for threads in [1, 2, 8] {
            let mut seen = Vec::new();
            let work = |n: usize| {
                if n.is_multiple_of(7) {
                    std::thread::sleep(std::time::Duration::from_micros(200));
                }
                (1, n * 2)
            };
            let done: Result<(), ()> = run_ordered(500, window(threads, 16, 1000), work, |n, value| {
                assert_eq!(value, n * 2);
                seen.push(n);
                Ok(())
            });
            assert!(done.is_ok());
            assert_eq!(seen, (0..500).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_waits_is_bounded() {
        let (alive, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |n: usize| {
            if n == 0 {
                std::thread::sleep(std::time::Duration::from_millis(30));
            }
            most.fetch_max(alive.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            (100, ())
        };
        let done: Result<(), ()> = run_ordered(2000, window(4, 1000, 1000), work, |_, ()| {
            alive.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        });
        assert!(done.is_ok());
        assert!(most.load(Ordering::SeqCst) <= 10 + 4, "{most:?}");
    }

    #[test]
    fn an_error_ends_the_run() {
        let taken = AtomicUsize::new(0);
        let done = run_ordered(
            1_000_000,
            window(2, 8, 8),
            |n| (0, n),
            |n, _| {
                taken.fetch_add(1, Ordering::SeqCst);
                if n == 3 { Err("full") } else { Ok(()) }
            },
        );
        assert_eq!(done, Err("full"));
        assert_eq!(taken.load(Ordering::SeqCst), 4);
    }
}
