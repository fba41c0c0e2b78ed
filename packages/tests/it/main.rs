//! What is promised of the packages.

mod dependencies;
mod licences;
mod manifests;
mod order;
