//! A cache of bounded size that threads share.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Keeps values until their sizes together exceed a limit; then the oldest go.
pub(crate) struct Cache<K, V> {
    inner: Mutex<Inner<K, V>>,
    limit: usize,
}

struct Inner<K, V> {
    values: HashMap<K, (V, usize)>,
    order: VecDeque<K>,
    size: usize,
}

impl<K: Eq + Hash + Clone, V: Clone> Cache<K, V> {
    /// Makes a cache of so many bytes.
    pub(crate) fn new(limit: usize) -> Self {
        let inner = Inner { values: HashMap::new(), order: VecDeque::new(), size: 0 };
        Self { inner: Mutex::new(inner), limit }
    }

    pub(crate) fn get(&self, key: &K) -> Option<V> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.values.get(key).map(|(value, _)| value.clone())
    }

    /// Keeps a value that takes so many bytes, unless the key is there.
    pub(crate) fn keep(&self, key: K, value: V, size: usize) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.values.contains_key(&key) {
            return;
        }
        inner.values.insert(key.clone(), (value, size));
        inner.order.push_back(key);
        inner.size += size;
        while inner.size > self.limit {
            let Some(oldest) = inner.order.pop_front() else { break };
            if let Some((_, size)) = inner.values.remove(&oldest) {
                inner.size -= size;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_first() {
        let cache = Cache::new(10);
        for key in 0..4 {
            cache.keep(key, key * 10, 4);
        }
        assert_eq!((0..4).map(|key| cache.get(&key)).collect::<Vec<_>>(), [None, None, Some(20), Some(30)]);
    }
}
