//! Tests of the generator: what it prints, what it says about mistakes, how it behaves in a build script.

mod asked;
mod build_script;
mod choices;
mod golden;
mod limits;
mod scaffold;
mod speed;
mod stats;
mod types_page;
mod ui;
