//! The command as its users meet it.
#![cfg(unix)]

mod broken;
mod compiled;
mod explain;
mod formats;
mod picture;
mod readme;
mod rows;
mod terminal;
mod transcripts;
mod tutorial;
