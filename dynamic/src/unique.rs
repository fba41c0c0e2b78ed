//! Finding a key that a map holds twice.

use barewire::Reader;

use crate::Value;

/// The positions of the first key, in the order of the map, that stood before, and of the one that it repeats.
///
/// `keys` are the keys with their positions; they are sorted in place.
pub(crate) fn first_repeated<K: Ord>(keys: &mut [(K, usize)]) -> Option<(usize, usize)> {
    keys.sort_unstable();
    // The lowest second of all is the second among its equals, so that its neighbour is the first.
    keys.windows(2)
        .filter(|pair| pair[0].0 == pair[1].0)
        .map(|pair| (pair[0].1, pair[1].1))
        .min_by_key(|&(_, second)| second)
}

/// As [`first_repeated`], for `pairs` whose keys are known to be keys; the scratch space is charged to `r`.
pub(crate) fn repeated_key(
    r: &mut Reader<'_>,
    pairs: &[(Value, Value)],
) -> Result<Option<(usize, usize)>, barewire::Failed> {
    if ascend(pairs) {
        return Ok(None);
    }
    let mut keys = r.scratch(pairs.len())?;
    keys.extend(keys_of(pairs));
    let repeated = first_repeated(&mut keys);
    drop(keys);
    r.refund::<(Key<'_>, usize)>(pairs.len());
    Ok(repeated)
}

/// Whether each key is greater than the one before: then none repeats, and no space is needed to see that.
pub(crate) fn ascend(pairs: &[(Value, Value)]) -> bool {
    keys_of(pairs).is_sorted_by(|(one, _), (next, _)| one < next)
}

/// A value that may be the key of a map.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Key<'v> {
    Uint(u64),
    Int(i64),
    Bool(bool),
    Str(&'v str),
    Data(&'v [u8]),
    Enum(u64),
}

/// The keys of `pairs` with their positions.
pub(crate) fn keys_of(pairs: &[(Value, Value)]) -> impl Iterator<Item = (Key<'_>, usize)> {
    pairs.iter().enumerate().filter_map(|(index, (key, _))| {
        let key = match key {
            Value::Uint(number) => Key::Uint(*number),
            Value::Int(number) => Key::Int(*number),
            Value::Bool(truth) => Key::Bool(*truth),
            Value::Str(text) => Key::Str(text),
            Value::Data(octets) => Key::Data(octets),
            Value::Enum(number) => Key::Enum(*number),
            Value::Void
            | Value::F32(_)
            | Value::F64(_)
            | Value::Optional(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Union { .. }
            | Value::Struct(_) => return None,
        };
        Some((key, index))
    })
}
