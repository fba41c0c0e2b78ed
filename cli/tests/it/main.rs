//! The command as its users meet it.

mod explain;
mod rows;
mod transcripts;
