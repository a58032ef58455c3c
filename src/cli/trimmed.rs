//! Values of comma-separated flags: `name, params` is `name,params`.

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};
use std::ffi::OsStr;

/// A parser that ignores blanks around a value.
#[derive(Debug, Clone)]
pub(crate) struct Trimmed<P>(P);

/// Ignores blanks around a value.
pub(crate) fn trimmed<P: TypedValueParser>(parser: P) -> Trimmed<P> {
    Trimmed(parser)
}

impl<P: TypedValueParser> TypedValueParser for Trimmed<P> {
    type Value = P::Value;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<P::Value, Error> {
        let value = value.to_str().map_or(value, |text| text.trim().as_ref());
        self.0.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.0.possible_values()
    }
}
