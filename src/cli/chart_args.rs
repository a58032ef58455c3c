//! The file of the chart.

use crate::catalog::Catalog;
use crate::catalog::file_id::FileId;
use crate::chart::{Drawing, Theme};
use crate::error::{Error, Found};
use crate::model::{Key, Keys};
use crate::output::{Output, OutputArgs, Report};
use crate::text::is_control;
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

    /// Title of the chart instead of its finding; `''` for none
    #[arg(long, value_name = "TEXT", value_parser = title)]
    title: Option<String>,

    /// Size of the SVG in pixels, such as 1200x675
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<(i32, i32)>,

    /// Colors of the SVG [default: light]
    #[arg(long, value_enum, value_name = "THEME", ignore_case = true)]
    theme: Option<Theme>,
}

/// The least and the most pixels of a side of the SVG.
const SIDES: (i32, i32) = (320, 10_000);

impl ChartArgs {
    /// Whether a flag asks for a chart.
    pub(crate) fn is_asked(&self) -> bool {
        let has_look = self.size.is_some() || self.theme.is_some();
        self.svg.is_some() || self.title.is_some() || has_look
    }

    /// Whether a chart says of each point what it is: where a pointer can be on it.
    pub(crate) fn has_page(&self, output: &OutputArgs) -> bool {
        self.svg.is_some() || output.is_page()
    }

    /// The keys that say whose figures an answer rests on, if it has captions or a footer.
    pub(crate) fn marks(&self, output: &OutputArgs) -> Keys {
        match self.svg {
            Some(_) => Keys::of(&[Key::sources]),
            None => output.look.marks(),
        }
    }

    /// Writes the report, the chart to the file of `--svg`, and, if it `is_drawn`, below a table with
    /// its usual columns.
    pub(crate) fn write(
        &self,
        is_drawn: bool,
        mut report: Report<'_>,
        chart: impl FnOnce() -> Drawing,
        (catalog, output): (&Catalog, &OutputArgs),
        out: &mut Output,
    ) -> Result<Found, Error> {
        let is_below = (is_drawn || output.is_page()) && output.has_picture();
        let is_untitled = self.title.is_none() || is_below;
        if self.svg.is_none() && (self.size.is_some() || self.theme.is_some() || !is_untitled) {
            let what = "`--title`, `--size` and `--theme` are for a chart; add `--svg FILE`";
            return Err(Error::Misuse(what.to_owned()));
        }
        if self.svg.is_some() || is_below {
            let mut chart = chart();
            if let Some(title) = self.title.clone() {
                chart.title = title;
            }
            if let Some(path) = &self.svg {
                self.write_svg(&chart, path, catalog, out)?;
                if path.as_os_str() == "-" {
                    return Ok(Found::Some);
                }
            }
            if is_below && chart.nothing().is_none() {
                report.picture = Some(Box::new(chart));
            }
        }
        report.write(output, out)
    }

    fn write_svg(
        &self,
        chart: &Drawing,
        path: &Path,
        catalog: &Catalog,
        out: &mut Output,
    ) -> Result<(), Error> {
        if let Some(why) = chart.nothing() {
            return Err(Error::TooLittle(format!("nothing to draw: {why}")));
        }
        let svg = chart.to_file(self.size, self.theme.unwrap_or_default());
        let svg = svg.map_err(|least| {
            let (width, height) = self.size.unwrap_or_default();
            Error::Misuse(format!(
                "the chart does not fit into `--size {width}x{height}`; {width}x{least} is enough"
            ))
        })?;
        let identity = FileId::of(path);
        // The answer would overwrite its own output if that was opened again.
        if path.as_os_str() == "-" || identity.is_some() && identity == FileId::of_stdout() {
            Ok(out.write_all(svg.as_bytes())?)
        } else if identity.is_some_and(|file| catalog.reads(&file)) {
            let what = format!("`{}` is a catalog that this command reads", path.display());
            Err(Error::Misuse(what))
        } else {
            write_file(path, svg.as_bytes())
        }
    }
}

/// A title: one line.
fn title(text: &str) -> Result<String, String> {
    match text.contains(is_control) {
        true => Err("a title is one line of text without control characters".to_owned()),
        false => Ok(text.trim().to_owned()),
    }
}

/// A width and a height.
fn size(text: &str) -> Result<(i32, i32), String> {
    let sides = text.split_once(['x', 'X', '×']);
    let side = |text: &str| text.trim().parse().ok();
    let size = sides.and_then(|(width, height)| Some((side(width)?, side(height)?)));
    let (least, most) = SIDES;
    let is_side = |side: i32| (least..=most).contains(&side);
    size.filter(|(width, height)| is_side(*width) && is_side(*height))
        .ok_or_else(|| {
            format!(
                "expected a width and a height from {least} to {most} pixels, such as `1200x675`"
            )
        })
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
