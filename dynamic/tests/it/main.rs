//! The public behaviour of messages that are read and written without generated code.

mod agreement;
mod annotate;
mod carried;
mod depth;
mod encode;
mod json;
mod json_refused;
mod laws;
mod limits;
mod limits_page;
mod migrate;
mod names;
mod rows;
mod scaling;
mod schemas;
mod strategies;
mod told;
mod types;
