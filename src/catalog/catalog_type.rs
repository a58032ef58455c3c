//! The type of a catalog in JSON.

use crate::catalog::document::{ABOUT, About};
use crate::catalog::identity::Organization;
use crate::model::Model;
use crate::model::hardware::Chip;
use crate::model::json_type::{JsonField, JsonType, ObjectType};
use crate::model::reference::{Framework, Survey, Term};

/// A catalog with all its sections.
pub(crate) fn catalog() -> JsonType {
    let models = JsonField {
        is_required: true,
        ..JsonField::of::<Vec<Model<'_>>>("models").means("Models, newest first.")
    };
    JsonType::Object(ObjectType {
        name: "catalog",
        meaning: "A catalog: models, and what is known of the rest.",
        fields: vec![
            JsonField::of::<Option<About>>(ABOUT),
            models,
            JsonField::of::<Vec<Framework<'_>>>("frameworks")
                .means("Frameworks for training and inference."),
            JsonField::of::<Vec<Survey<'_>>>("surveys").means("Surveys of the field."),
            JsonField::of::<Vec<Term<'_>>>("terms").means("Words that the catalog uses."),
            JsonField::of::<Vec<Organization<'_>>>("organizations")
                .means("Organizations, their countries and kinds."),
            JsonField::of::<Vec<Chip<'_>>>("chips").means("Chips, their speed, power and prices."),
        ],
        is_open: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::shape::LISTS;

    #[test]
    fn every_section_has_a_type() {
        let JsonType::Object(catalog) = catalog() else {
            panic!("a catalog is an object");
        };
        let keys: Vec<&str> = catalog.fields.iter().map(|field| field.key).collect();
        assert_eq!(keys, [&[ABOUT], &LISTS[..]].concat());
    }
}
