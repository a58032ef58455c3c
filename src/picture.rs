//! The flag that asks for a picture, and where the picture goes.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::chart::Chart;
use crate::error::Error;
use crate::output::Output;
use crate::render::plot;

/// Where a picture goes beside the answer.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct Picture {
    /// Draw the answer as SVG, too; `-` is standard output, and the picture the whole answer
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

/// What else is written when the picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Nothing: the picture is the answer.
    Nothing,
    /// The answer in words.
    Words,
}

impl Picture {
    /// Whether somebody asks for one.
    pub fn is_asked(&self) -> bool {
        self.svg.is_some()
    }

    /// Draws the chart where a file is asked for.
    ///
    /// # Errors
    /// When there is nothing to draw, or it cannot be written.
    pub fn draw(&self, chart: &Chart, out: &mut Output) -> Result<Rest, Error> {
        let Some(path) = &self.svg else {
            return Ok(Rest::Words);
        };
        if chart.is_empty() {
            let key = chart.figure.key;
            let what = format!("nothing to draw: no model that matches has a date and {key}");
            return Err(Error::TooLittle(what));
        }
        let svg = plot::svg(chart)?;
        if path.as_os_str() == "-" {
            out.write_all(svg.as_bytes())?;
            return Ok(Rest::Nothing);
        }
        replace(path, svg.as_bytes())?;
        Ok(Rest::Words)
    }
}

/// Puts a file at the path whole or not at all: written beside it under another name, then renamed.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let typed = path.display();
    let failed = |error: io::Error| {
        let why = match error.kind() {
            ErrorKind::IsADirectory => "it is a directory".to_owned(),
            ErrorKind::InvalidInput => "it names no file".to_owned(),
            ErrorKind::NotFound => "its directory does not exist".to_owned(),
            _ => error.to_string(),
        };
        Error::Misuse(format!("cannot write `{typed}`: {why}"))
    };
    // A link is followed, and what is no file (a terminal, a pipe) has nothing to be renamed over.
    let real = fs::canonicalize(path);
    let path = real.as_deref().unwrap_or(path);
    if path.exists() && !path.is_file() && !path.is_dir() {
        return fs::write(path, bytes).map_err(failed);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    if path.is_dir() {
        return Err(failed(ErrorKind::IsADirectory.into()));
    }
    if name.is_empty() {
        return Err(failed(ErrorKind::InvalidInput.into()));
    }
    name.push(format!(".{}.part", std::process::id()));
    let beside = path.with_file_name(name);
    let written = fs::File::create_new(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        fs::rename(&beside, path)
    });
    written.map_err(|error| {
        // Nothing half-written stays; what cannot be removed was never made.
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}
