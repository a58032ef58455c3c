//! The file of the chart.

pub(crate) use crate::output::OutputArgs as HeadingArgs;

use crate::catalog::Catalog;
use crate::catalog::same_file::FileId;
use crate::chart::Chart;
use crate::error::Error;
use crate::output::Output;
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The file of the chart.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ChartArgs {
    /// Also write the chart as SVG; `-` writes only the SVG to standard output
    #[arg(
        long,
        value_name = "FILE",
        value_parser = OsStringValueParser::new().try_map(svg_path)
    )]
    svg: Option<PathBuf>,
}

/// What is written besides the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nothing: the chart is the answer.
    Nothing,
    /// The answer in words.
    Words,
}

impl ChartArgs {
    /// Whether there is a `--svg`.
    pub(crate) fn is_asked(&self) -> bool {
        self.svg.is_some()
    }

    /// Writes the chart to the file of `--svg`, if there is one.
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
            // The answer would overwrite it if it was opened again.
            out.write_all(svg.as_bytes())?;
        } else if identity.is_some_and(|file| catalog.reads(&file)) {
            let what = format!("`{}` is a catalog that this command reads", path.display());
            return Err(Error::Misuse(what));
        } else {
            write_file(path, svg.as_bytes())?;
        }
        Ok(Rest::Words)
    }
}

/// The path of a file with the extension `.svg` or none, or of a device.
fn svg_path(path: OsString) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    let is_device = fs::metadata(&path).is_ok_and(|own| !own.is_file() && !own.is_dir());
    match path.extension() {
        Some(ending) if !is_device && !ending.eq_ignore_ascii_case("svg") => {
            let file = path.with_extension("svg");
            let file = file.display();
            Err(format!("the chart is SVG; did you mean `{file}`?"))
        }
        _ => Ok(path),
    }
}

/// Writes a file in place: one that exists keeps its mode, owner and links. A new file that cannot
/// be written whole is removed.
fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let existed = path.exists();
    let written = File::create(path).and_then(|mut file| {
        let written = file.write_all(bytes).and_then(|()| file.flush());
        if written.is_err() && !existed {
            // The error of writing is reported, not one of removing.
            let _ = fs::canonicalize(path).and_then(fs::remove_file);
        }
        written
    });
    written.map_err(|error| {
        let why = match error.kind() {
            _ if path.is_dir() => "it is a directory".to_owned(),
            ErrorKind::NotFound if path.as_os_str().is_empty() => "its name is empty".to_owned(),
            ErrorKind::NotFound => "its directory does not exist".to_owned(),
            _ => error.to_string(),
        };
        Error::Misuse(format!("cannot write `{}`: {why}", path.display()))
    })
}
