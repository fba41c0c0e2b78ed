//! What is promised of the packages.

mod dependencies;
mod features;
mod licences;
mod manifests;
mod order;
