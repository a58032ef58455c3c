//! The flags that say which catalogs and tables are read, and which of their figures.

use crate::catalog::Catalog;
use crate::catalog::document::Credit;
use crate::catalog::record_reader::View;
use crate::catalog::source::Source;
use crate::catalog::table::{Mapping, MergeMode, Profile, TableOptions};
use crate::error::Error;
use crate::model::Confidence;
use crate::model::month::Period;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, FromArgMatches};
use std::ffi::OsString;
use std::path::PathBuf;

/// Which catalogs are read, and which of their figures.
#[derive(Debug, Args)]
#[command(next_help_heading = "Catalog")]
pub(super) struct CatalogArgs {
    /// Use only the original list, uncorrected
    #[arg(long, global = true)]
    as_listed: bool,

    /// Use only figures stated by the makers
    #[arg(long, global = true)]
    stated: bool,

    /// Minimum confidence for third-party figures
    #[arg(
        long,
        global = true,
        value_name = "LEVEL",
        value_parser = confidence_parser(),
        ignore_case = true,
        conflicts_with_all = ["as_listed", "stated"]
    )]
    confidence: Option<Confidence>,

    /// Answer as of this month, ignoring models announced later
    #[arg(long, global = true, value_name = "DATE")]
    as_of: Option<Period>,

    /// Read another catalog or table as well: JSON, JSON lines, CSV, TSV, or a folder of them; `-`
    /// is standard input
    #[arg(
        long = "catalog",
        global = true,
        value_name = "FILE",
        env = "AHM_CATALOG",
        value_parser = clap::builder::OsStringValueParser::new().map(PathBuf::from),
        hide_env_values = true
    )]
    pub(super) catalogs: Vec<PathBuf>,

    /// Read a column of a table under a key, its numbers times a factor: `params=Size (B):1e9`
    #[arg(long, global = true, value_name = "KEY=COLUMN[:FACTOR]", value_parser = Mapping::parse_list)]
    map: Vec<Vec<Mapping>>,

    /// Read a table as this publisher's; recognized by its columns if not given
    #[arg(long = "as", global = true, value_name = "PROFILE", value_parser = profile_parser())]
    profile: Option<&'static Profile>,

    /// How rows of a table join known models: fill gaps, replace values, or stay apart
    #[arg(
        long,
        global = true,
        value_name = "HOW",
        value_enum,
        ignore_case = true,
        default_value_t
    )]
    merge: MergeMode,

    /// Refuse files with values that cannot be read
    #[arg(long, global = true)]
    strict: bool,

    /// Do not use the built-in catalog
    #[arg(
        long,
        global = true,
        env = "AHM_NO_EMBEDDED",
        value_parser = clap::builder::FalseyValueParser::new(),
        hide_env_values = true
    )]
    no_embedded: bool,
}

impl CatalogArgs {
    /// Reads these files instead of other catalogs, with the rows of tables as models of their own;
    /// changes nothing if there are none.
    pub(super) fn only(&mut self, files: Vec<PathBuf>) {
        if !files.is_empty() {
            self.catalogs = files;
            self.no_embedded = true;
            self.merge = MergeMode::Apart;
        }
    }

    /// These flags among other arguments.
    pub(super) fn among(arguments: Vec<OsString>) -> Option<CatalogArgs> {
        let command = CatalogArgs::augment_args(clap::Command::new("ahm")).args_override_self(true);
        let mut own = vec![OsString::from("ahm")];
        let mut arguments = arguments.into_iter().skip(1);
        while let Some(argument) = arguments.next() {
            let text = argument.to_string_lossy();
            let name = text
                .strip_prefix("--")
                .map(|text| text.split('=').next().unwrap_or(text));
            let mut flags = command.get_arguments();
            let flag = name.and_then(|name| flags.find(|flag| flag.get_long() == Some(name)));
            let Some(flag) = flag else {
                continue;
            };
            let has_value = flag.get_action().takes_values() && !text.contains('=');
            own.push(argument.clone());
            own.extend(has_value.then(|| arguments.next()).flatten());
        }
        let matches = command.try_get_matches_from(own).ok()?;
        CatalogArgs::from_arg_matches(&matches).ok()
    }

    /// The credits of the tables among the catalogs; none if these cannot be read.
    pub(super) fn credits(self) -> Vec<Credit> {
        if self.catalogs.is_empty() {
            return Vec::new();
        }
        let catalog = self.open(true).ok();
        catalog
            .map(|catalog| catalog.table_credits())
            .unwrap_or_default()
    }

    /// Opens the catalogs that the flags ask for. `names_files`: the command has files to read (`ahm
    /// check FILE`), so `--no-embedded` is allowed without `--catalog`.
    pub(super) fn open(self, names_files: bool) -> Result<Catalog, Error> {
        let CatalogArgs {
            as_listed,
            stated,
            confidence,
            as_of,
            catalogs,
            map,
            profile,
            merge,
            strict,
            no_embedded,
        } = self;
        let misuse = |what: &str| Err(Error::Misuse(what.to_owned()));
        let count = |name: &str| {
            catalogs
                .iter()
                .filter(|path| path.as_os_str() == name)
                .count()
        };
        if count("") > 0 {
            return misuse("`--catalog` needs a file, and its value is empty");
        }
        if count("-") > 1 {
            return misuse("`-` is given twice as a catalog; standard input can be read once");
        }
        if no_embedded && catalogs.is_empty() && !names_files {
            return misuse("`--no-embedded` needs `--catalog FILE`");
        }
        let view = match (as_listed, stated, confidence) {
            // `--stated` changes nothing here: the list has only stated figures.
            (true, ..) => View::AsListed,
            (_, true, _) => View::Stated,
            (.., Some(least)) => View::Sure(least),
            (.., None) => View::Full,
        };
        let embedded = (!no_embedded).then_some(Source::Embedded);
        let for_tables = match (map.is_empty(), profile) {
            (false, _) => Some("--map"),
            (true, Some(_)) => Some("--as"),
            (true, None) => None,
        };
        let options = TableOptions {
            map: map.concat(),
            profile,
            is_strict: strict,
            merge,
            part: None,
        };
        let catalog = Catalog::open_with(embedded, &catalogs, view, &options)?;
        if let Some(flag) = for_tables.filter(|_| !names_files && !catalog.has_tables()) {
            return Err(Error::Misuse(format!(
                "`{flag}` is for tables, and no file of `--catalog` is one"
            )));
        }
        Ok(catalog.until(as_of.map(|period| period.last)))
    }
}

/// Parses the name of a profile.
fn profile_parser() -> impl TypedValueParser<Value = &'static Profile> {
    PossibleValuesParser::new(Profile::names())
        .try_map(|name| Profile::named(&name).ok_or("unknown profile"))
}

/// Parses a level of confidence, in any case.
fn confidence_parser() -> impl TypedValueParser<Value = Confidence> {
    const LEVELS: [Confidence; 3] = [
        Confidence::Speculative,
        Confidence::Likely,
        Confidence::Confident,
    ];
    let words = PossibleValuesParser::new(LEVELS.map(Confidence::word));
    words.try_map(|word| {
        let level = LEVELS
            .into_iter()
            .find(|level| level.word() == word.to_lowercase());
        level.ok_or("unknown level")
    })
}
