//! Values of flags that take several, separated by commas: `name, params` is `name,params`.

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};
use std::ffi::OsStr;

/// Reads a value without the blanks around it.
#[derive(Debug, Clone)]
pub(crate) struct Trimmed<P>(P);

/// What reads a value without the blanks around it.
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
