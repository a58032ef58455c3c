//! Tables as sources: joined to the models of the sources before them.

use super::Catalog;
use crate::catalog::document::{Document, DocumentOrigin};
use crate::catalog::record_reader::View;
use crate::catalog::source::{Opened, Source};
use crate::catalog::table::{KnownModels, MergeMode, Registry, Table, TableOptions, join};
use crate::error::Error;
use crate::model::{Key, Keys, Map};
use std::path::Path;

impl Catalog {
    /// The models of a document alone.
    pub(crate) fn of_document(document: Document) -> Catalog {
        let sources = vec![Source::Held(document)];
        Catalog::of(sources, View::Full, &TableOptions::default())
    }

    /// How tables are read.
    pub(crate) fn options(&self) -> &TableOptions {
        &self.options
    }

    /// The rows of a table as entries, joined to the models of this catalog.
    ///
    /// # Errors
    /// When it is no table of models, or the catalog is broken.
    pub(crate) fn join(
        &self,
        table: Table,
        name: &str,
        options: &TableOptions,
    ) -> Result<Document, Error> {
        let keys = Keys::ALL.without(Keys::of(&[Key::derived, Key::affiliation]));
        let models = match options.merge {
            MergeMode::Apart => KnownModels::default(),
            MergeMode::Fill | MergeMode::Replace => self.known_models(keys)?,
        };
        let ids = self.scan(Keys::of(&[Key::id]), Vec::new(), |ids, model, _| {
            ids.push(model.id.to_string());
        })?;
        let known = Registry {
            models,
            ids: ids.into_iter().collect(),
            organizations: self.organizations()?,
            chips: self.known_chips()?,
        };
        join(table, name, known, options)
    }

    /// The models with these keys, by what names them.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub(crate) fn known_models(&self, keys: Keys) -> Result<KnownModels, Error> {
        let entries = self.scan(keys, Vec::new(), |entries: &mut Vec<Map>, model, _| {
            if let Ok(serde_json::Value::Object(entry)) = serde_json::to_value(model) {
                entries.push(entry);
            }
        })?;
        Ok(KnownModels::of(entries))
    }

    /// A file as documents; the rows of tables as models of their own.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn documents_of(&self, opened: Opened) -> Result<Vec<Document>, Error> {
        match opened {
            Opened::Source(source) => Ok(vec![source.document()?.into_owned()]),
            Opened::Tables(tables) => {
                let tables = tables.into_iter();
                let options = self.options.apart();
                tables
                    .map(|(name, table)| self.join(table, &name, &options))
                    .collect()
            }
        }
    }

    /// A file as a catalog of its own; the rows of a table as models of their own.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn of_file(&self, path: &Path) -> Result<Catalog, Error> {
        let (files, options) = ([path.to_owned()], self.options.apart());
        let file = Catalog::open_with(None, &files, self.view, &options)?;
        let mut file = file.until(self.as_of);
        if !file.has_ids() {
            // The list prints no figure of a table, and of all of them others than the makers say them.
            file.view = View::Full;
        }
        Ok(file)
    }

    /// Whether the ids of its models mean something elsewhere: those of a table are made of names.
    pub(crate) fn has_ids(&self) -> bool {
        self.sources.iter().all(|source| match source {
            Source::Held(document) => document.origin().is_none_or(DocumentOrigin::is_own),
            Source::Embedded | Source::File(_) => true,
        })
    }
}
