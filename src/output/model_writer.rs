//! Models as rows: under columns, or as entries of a catalog.

use super::{Format, Output, OutputArgs, Row, RowWriter, SheetColumn};
use crate::error::Error;
use crate::model::column::{ColumnRef, Heading, Record};
use crate::model::keys::Keys;
use crate::model::schema::COLUMNS;
use crate::model::value::Value;
use crate::model::{Key, Model};

/// Makes a row of a model, on any thread.
#[derive(Debug)]
pub(crate) struct ModelWriter {
    /// What a row shows of a model.
    pub columns: Vec<ColumnRef>,
    format: Format,
    pub writer: RowWriter<'static>,
}

impl ModelWriter {
    /// Under the columns of the flags. Tables also show the `asked` columns, which the question is
    /// about, and drop them last.
    pub(crate) fn new(
        args: &OutputArgs,
        asked: &[ColumnRef],
        out: &Output,
    ) -> Result<ModelWriter, Error> {
        let format = args.look.format;
        if format == Format::Entry && args.names_keys() {
            let what = "`entry` has every key; leave out `--columns`";
            return Err(Error::Misuse(what.to_owned()));
        }
        let mut columns: Vec<SheetColumn<'_>> = COLUMNS.iter().map(SheetColumn::from).collect();
        for (own, column) in columns.iter_mut().zip(COLUMNS) {
            if asked.contains(&column) {
                let rank = own.heading.rank.min(1);
                *own = SheetColumn::from(Heading {
                    rank,
                    ..own.heading
                });
            }
        }
        let (shown, writer) = args.select(&columns, <Model as Record>::NAME, out)?;
        Ok(ModelWriter {
            columns: shown.into_iter().map(|index| &COLUMNS[index]).collect(),
            format,
            writer,
        })
    }

    /// The row of a model.
    pub(crate) fn row(&self, model: &Model<'_>) -> Row {
        let columns = self.columns.iter();
        let values: Vec<Value<'_>> = match self.format {
            Format::Entry => return RowWriter::entry(&model.clone().into_entry()),
            format if format.is_for_people() => columns.map(|c| c.marked(model)).collect(),
            _ => columns.map(|column| (column.read)(model)).collect(),
        };
        self.writer.row(&values)
    }

    /// The keys of a model that a row reads, with those of the marks where they are shown.
    #[expect(
        dead_code,
        reason = "for questions that make their rows while they scan"
    )]
    pub(crate) fn needs(&self) -> Keys {
        let marks = match self.format {
            Format::Entry => return Keys::ALL,
            format if format.is_for_people() => Keys::of(&[Key::sources]),
            _ => Keys::default(),
        };
        let needs = self.columns.iter().map(|column| column.needs);
        needs.fold(marks, Keys::and)
    }
}
