//! What all libraries have in common whose types are made from the model.

use std::hint::black_box;
use std::ops::Deref;
use std::rc::Rc;

use crate::mirror::Mirror;
use crate::operation::{Operation, Operations, consume};

/// The calls of a library that it documents as its fastest.
pub(super) trait Calls<T> {
    /// What a message is encoded to when it is made for it.
    type Frame: Deref<Target = [u8]>;

    /// What it decodes fastest from.
    type Input: Deref<Target = [u8]> + From<Self::Frame> + 'static;

    /// What is kept from one message to the next; the octets of the last message, too.
    type Buffer: Default + 'static;

    /// Encodes to a frame that is made for it.
    fn encode(value: &T) -> Self::Frame;

    /// Encodes into what is kept, and returns the octets there.
    fn encode_reused<'b>(buffer: &'b mut Self::Buffer, value: &T) -> &'b [u8];

    /// Decodes to a value that owns its parts.
    fn decode(buffer: &mut Self::Buffer, frame: &Self::Input) -> T;
}

/// Adds what is done with values that own their parts, and returns the frame.
///
/// # Panics
///
/// If the library does not get back what it encoded.
pub(super) fn add_owned<C, T, O>(operations: &mut Operations, ours: &O) -> Rc<C::Input>
where
    C: Calls<T>,
    T: for<'o> Mirror<'o, O> + PartialEq + 'static,
{
    let value = Rc::new(T::of(ours));
    let frame = Rc::new(C::Input::from(C::encode(&value)));
    let mut buffer = C::Buffer::default();
    assert!(C::encode_reused(&mut buffer, &value) == &**frame, "both ways of encoding do the same");
    let decoded = C::decode(&mut buffer, &frame);
    // Equal in its own types, since there are maps in them without an order.
    assert!(T::of(&decoded.ours()) == *value, "what was encoded is decoded");
    drop(decoded);

    let fresh = Rc::clone(&value);
    operations.add(Operation::EncodeFresh, move || consume(C::encode(black_box(&fresh))));
    operations.add(Operation::EncodeReused, move || {
        black_box(C::encode_reused(&mut buffer, black_box(&value)));
    });
    let mut buffer = C::Buffer::default();
    let own = Rc::clone(&frame);
    operations.add(Operation::Decode, move || consume(C::decode(&mut buffer, black_box(&own))));
    frame
}

/// Adds what is done with values that borrow from their frame, which `$view` makes of it.
///
/// It is a macro since a type that borrows is another for each lifetime.
macro_rules! add_views {
    ($operations:expr, $frame:expr, $ours:expr, $($types:ident)::+, $view:ident) => {
        match $ours {
            crate::case::Value::ToServer(_) => {
                crate::peers::calls::add_views!(@ $operations, $frame, $ours, $($types)::+::ToServer, $view);
            }
            crate::case::Value::ToClient(_) => {
                crate::peers::calls::add_views!(@ $operations, $frame, $ours, $($types)::+::ToClient, $view);
            }
            crate::case::Value::Log(_) => {
                crate::peers::calls::add_views!(@ $operations, $frame, $ours, $($types)::+::Log, $view);
            }
            crate::case::Value::Mesh(_) => {
                crate::peers::calls::add_views!(@ $operations, $frame, $ours, $($types)::+::Mesh, $view);
            }
            crate::case::Value::Game(_) => {
                crate::peers::calls::add_views!(@ $operations, $frame, $ours, $($types)::+::Game, $view);
            }
        }
    };
    (@ $operations:expr, $frame:expr, $ours:expr, $type:ty, $view:ident) => {{
        let sum = crate::sum::Sum::sum(&$view::<$type>(&$frame));
        assert_eq!(sum, $ours.sum(), "the view has the same values");
        let frame = std::rc::Rc::clone(&$frame);
        $operations.add(crate::operation::Operation::Validate, move || {
            crate::operation::consume($view::<$type>(std::hint::black_box(&frame)));
        });
        $operations.add(crate::operation::Operation::ReadAll, move || {
            let view = $view::<$type>(std::hint::black_box(&$frame));
            crate::operation::consume(crate::sum::Sum::sum(&view));
        });
    }};
}
pub(super) use add_views;
