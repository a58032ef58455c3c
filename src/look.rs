//! The output flags that every command of rows has.

use clap::Args;

use crate::model::Key;
use crate::reader::Keys;
use crate::render::{Format, Header};

/// How rows look, whatever they are of.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct Look {
    /// How to write the answer
    #[arg(
        long,
        short,
        value_name = "FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t
    )]
    pub format: Format,

    /// Leave out the line of titles
    #[arg(long)]
    no_header: bool,
}

impl Look {
    /// Whether titles stand over the rows.
    pub fn header(&self) -> Header {
        match self.no_header {
            true => Header::Hidden,
            false => Header::Shown,
        }
    }

    /// The keys of a model that the marks behind its figures need, where a person reads them.
    pub fn marks(&self) -> Keys {
        match self.format.is_for_people() {
            true => Keys::of(&[Key::sources]),
            false => Keys::default(),
        }
    }
}
