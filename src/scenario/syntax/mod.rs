//! TOML, YAML and JSON, each read into one spanned tree.

mod tree;

pub use tree::{Entry, Node, Table, Value};
