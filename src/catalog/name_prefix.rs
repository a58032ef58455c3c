//! The key of the name index: shared by the program and the build script that makes the index.

/// The most letters of a key.
const LENGTH: usize = 8;

/// The letters with which a name begins, in lower case: those before its first digit.
///
/// Names that read alike have keys of which one begins with the other. `None` where letters beyond
/// ASCII have to be normalized first.
pub(crate) fn name_prefix(name: &str) -> Option<String> {
    if !name.is_ascii() {
        return None;
    }
    let bytes = name.bytes();
    let bytes = bytes.take_while(|byte| !byte.is_ascii_digit() && !matches!(byte, b'+' | b'#'));
    let letters = bytes.filter(u8::is_ascii_alphabetic).take(LENGTH);
    Some(
        letters
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect(),
    )
}
