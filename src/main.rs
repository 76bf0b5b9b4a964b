//! The `rosi` command.
fn main() {}
