//! The flag that asks for a picture, and where the picture goes.

use crate::catalog::Catalog;
use crate::chart::Chart;
use crate::error::Error;
use crate::output::Output;
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::catalog::same_file::FileId;

/// Where a picture goes beside the answer.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Picture {
    /// Draw the answer as SVG, too; `-` is standard output, and the picture the whole answer
    #[arg(
        long,
        value_name = "FILE",
        value_parser = OsStringValueParser::new().try_map(target)
    )]
    svg: Option<PathBuf>,
}

/// What else is written when the picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nothing: the picture is the answer.
    Nothing,
    /// The answer in words.
    Words,
}

impl Picture {
    /// Whether somebody asks for one.
    pub(crate) fn is_asked(&self) -> bool {
        self.svg.is_some()
    }

    /// Draws the chart where a file is asked for.
    ///
    /// # Errors
    /// When there is nothing to draw, or it cannot be written, or only over what the question
    /// reads.
    pub(crate) fn draw(
        &self,
        chart: &Chart,
        catalog: &Catalog,
        out: &mut Output,
    ) -> Result<Rest, Error> {
        let Some(path) = &self.svg else {
            return Ok(Rest::Words);
        };
        if chart.is_empty() {
            let key = chart.figure.key;
            let what = format!("nothing to draw: no model that matches has a date and {key}");
            return Err(Error::TooLittle(what));
        }
        let svg = crate::chart::svg(chart)?;
        if path.as_os_str() == "-" {
            out.write_all(svg.as_bytes())?;
            return Ok(Rest::Nothing);
        }
        let identity = FileId::of(path);
        if identity.is_some() && identity == FileId::of_stdout() {
            // Opened again, it would be written over by the answer.
            out.write_all(svg.as_bytes())?;
            return Ok(Rest::Words);
        }
        if identity.is_some_and(|file| catalog.reads(&file)) {
            let what = format!("`{}` is a catalog that this command reads", path.display());
            return Err(Error::Misuse(what));
        }
        write(path, svg.as_bytes())?;
        Ok(Rest::Words)
    }
}

/// A path that a picture can be written to: a file called `.svg` or without an ending, or what is
/// no file.
fn target(path: OsString) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    let is_device = fs::metadata(&path).is_ok_and(|own| !own.is_file() && !own.is_dir());
    match path.extension() {
        Some(ending) if !is_device && !ending.eq_ignore_ascii_case("svg") => {
            let file = path.with_extension("svg");
            Err(format!(
                "the picture is SVG; did you mean `{}`?",
                file.display()
            ))
        }
        _ => Ok(path),
    }
}

/// Writes a file as an editor does: one that exists keeps its mode, owner and links, and a link is
/// followed. Of a file that cannot be written whole nothing is left, unless it existed.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let existed = path.exists();
    let written = File::create(path).and_then(|mut file| {
        let written = file.write_all(bytes).and_then(|()| file.flush());
        if written.is_err() && !existed {
            // What cannot be removed is reported as what cannot be written.
            let _ = fs::canonicalize(path).and_then(fs::remove_file);
        }
        written
    });
    written.map_err(|error| {
        let why = match error.kind() {
            _ if path.is_dir() => "it is a directory".to_owned(),
            ErrorKind::NotFound if path.as_os_str().is_empty() => "it names no file".to_owned(),
            ErrorKind::NotFound => "its directory does not exist".to_owned(),
            _ => error.to_string(),
        };
        Error::Misuse(format!("cannot write `{}`: {why}", path.display()))
    })
}
