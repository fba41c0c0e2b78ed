//! Schemas and octets drawn from entropy: the same entropy gives the same schema, and the same octets.

mod entropy;
mod octets;
mod schema;

pub use entropy::entropy;
pub use octets::{Size, octets};
pub use schema::schema;
