//! The receipt of an answer: what makes the same answer again, and whose work it rests on.

/// What makes an answer again.
#[derive(Debug, Clone)]
pub(crate) struct Receipt {
    /// The command as typed.
    pub command: String,
    /// The version of the program, and the catalogs with their hashes.
    pub basis: String,
    /// Whose work the answer rests on: a name, an address, a license or nothing.
    pub credits: Vec<[String; 3]>,
}

impl Receipt {
    /// The receipt in two lines; credits are in formats that have room for them.
    pub(crate) fn lines(&self) -> [&str; 2] {
        [&self.command, &self.basis]
    }
}
