//! The macro that describes records by rows.

/// Sorts rows into the fields and the columns of a record and hands both to the macro `$emit`.
///
/// `key: Type = ("Title", kind, "meaning");` is a field and its column, `key = ("Title", kind,
/// "meaning", read);` a column that shows something else, `key: Type;` a field without a column.
macro_rules! fields {
    ($emit:ident($($head:tt)*) { $($fields:tt)* } [$($columns:tt)*]) => {
        $emit! { ($($head)*) { $($fields)* } [$($columns)*] }
    };
    ($emit:ident($($head:tt)*) { $($fields:tt)* } [$($columns:tt)*]
        $(#[$attr:meta])* $key:ident: $type:ty; $($rows:tt)*) => {
        fields! { $emit($($head)*) { $($fields)* $(#[$attr])* $key: $type, } [$($columns)*] $($rows)* }
    };
    ($emit:ident($($head:tt)*) { $($fields:tt)* } [$($columns:tt)*]
        $(#[$attr:meta])* $key:ident: $type:ty = ($title:literal, $kind:expr, $meaning:literal)
        $(.$option:ident($($value:expr),*))*; $($rows:tt)*) => {
        fields! { $emit($($head)*) { $($fields)* $(#[$attr])* $key: $type, } [
            $($columns)*
            $emit!(column Column::<$emit!(type $($head)*)>::of(
                stringify!($key), ($title, $kind), |record| Value::from(&record.$key)
            ), $key).means($meaning)$(.$option($($value),*))*,
        ] $($rows)* }
    };
    ($emit:ident($($head:tt)*) { $($fields:tt)* } [$($columns:tt)*]
        $key:ident = ($title:literal, $kind:expr, $meaning:literal, $read:expr)
        $(.$option:ident($($value:expr),*))*; $($rows:tt)*) => {
        fields! { $emit($($head)*) { $($fields)* } [
            $($columns)*
            Column::<$emit!(type $($head)*)>::of(stringify!($key), ($title, $kind), $read)
                .means($meaning)$(.$option($($value),*))*,
        ] $($rows)* }
    };
}
pub(crate) use fields;
