//! What a record holds, as values.

use crate::model::figure::Figure;
use crate::model::hardware::Hardware;
use crate::model::month::Month;
use crate::model::object::Text;
use crate::model::price::ChipUnit;
use crate::model::value::Value;
use crate::model::{Access, Correction, Map, Note, Source};
use std::borrow::Cow;

/// Lists and maps are shown as they are.
macro_rules! lists {
    ($($kind:ident: $type:ty,)*) => {
        $(impl<'m> From<&'m $type> for Value<'m> {
            fn from(list: &'m $type) -> Self {
                Value::$kind(list)
            }
        })*
    };
}

lists! {
    Tags: Vec<Text<'m>>, Numbers: Vec<Figure>, Hardware: Vec<Hardware<'m>>, Details: Map,
    Sources: Vec<Source<'m>>, Corrections: Vec<Correction<'m>>, Notes: Vec<Note<'m>>,
}

/// A single value, which may be missing.
macro_rules! single {
    ($($type:ty: $value:expr,)*) => {
        $(impl<'m> From<Option<$type>> for Value<'m> {
            fn from(value: Option<$type>) -> Self {
                value.map_or(Value::Missing, $value)
            }
        })*
    };
}

single! {
    f64: Value::Number,
    Figure: |figure| Value::Number(figure.0),
    bool: Value::Flag,
    Month: Value::Month,
    Access: |access| Value::from(access.word()),
    ChipUnit: |unit| Value::from(unit.word()),
    &'m str: Value::from,
    &'m Text<'m>: Value::from,
}

impl<'m, T: Copy> From<&'m Option<T>> for Value<'m>
where
    Value<'m>: From<Option<T>>,
{
    fn from(value: &'m Option<T>) -> Self {
        Value::from(*value)
    }
}

impl<'m> From<&'m Option<Text<'m>>> for Value<'m> {
    fn from(text: &'m Option<Text<'m>>) -> Self {
        Value::from(text.as_ref())
    }
}

impl<'m> From<&'m Text<'m>> for Value<'m> {
    fn from(text: &'m Text<'m>) -> Self {
        Value::from(&**text)
    }
}

impl<'m> From<&'m str> for Value<'m> {
    fn from(text: &'m str) -> Self {
        match text {
            "" => Value::Missing,
            text => Value::Text(Cow::Borrowed(text)),
        }
    }
}
