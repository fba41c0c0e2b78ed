//! The properties for inputs that a test can try, and what a property of octets alone cannot say: heap, stack and time.

mod allocator;
mod heap;
mod memory;
mod properties;
mod scaling;
mod segments;
mod session;
mod stack;
mod victim;
