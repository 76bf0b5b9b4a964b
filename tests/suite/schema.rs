//! The JSON Schema and the page on the format say what the reader does.

mod agreement;
mod cases;
mod choices;
mod documents;
mod mutations;
mod patterns;
mod published;

pub use published::up_to_date;

use jsonschema::Validator;
use rosi::internal::scenario::grammar;

fn validator() -> Validator {
    jsonschema::draft7::new(&grammar::schema()).unwrap()
}
