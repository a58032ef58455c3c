//! The characters that pictures are made of.

/// Whether a terminal shows more than ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Letters {
    /// All of Unicode.
    #[default]
    Unicode,
    /// ASCII alone.
    Ascii,
}

impl Letters {
    /// What the rule under the titles of a table is made of.
    pub fn rule(self) -> char {
        match self {
            Letters::Unicode => '─',
            Letters::Ascii => '-',
        }
    }

    /// What the environment says of the terminal: the locale by the first of its variables that is
    /// set, and terminals whose fonts have little.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Letters {
        let term = variable("TERM").unwrap_or_default();
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter();
        let locale = locale.filter_map(&variable).find(|value| !value.is_empty());
        let locale = locale.map(|value| value.to_ascii_lowercase().replace('-', ""));
        let utf8 = match locale {
            Some(locale) => locale.contains("utf8"),
            // A console of Windows has no locale in its environment.
            None => cfg!(windows),
        };
        match utf8 && !matches!(&*term, "linux" | "dumb") {
            true => Letters::Unicode,
            false => Letters::Ascii,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(set: &[(&str, &str)], letters: Letters) {
        let value = |name: &str| {
            let found = set.iter().find(|(own, _)| *own == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(Letters::of(value), letters, "{set:?}");
    }

    #[test]
    fn the_first_variable_of_the_locale_decides() {
        case(&[("LANG", "de_DE.UTF-8")], Letters::Unicode);
        case(&[("LC_CTYPE", "C.utf8"), ("LANG", "C")], Letters::Unicode);
        case(&[("LC_ALL", "C"), ("LANG", "C.UTF-8")], Letters::Ascii);
        case(&[("LC_ALL", ""), ("LANG", "C.UTF-8")], Letters::Unicode);
        case(&[("LANG", "C.UTF-8"), ("TERM", "linux")], Letters::Ascii);
        case(&[("LANG", "C.UTF-8"), ("TERM", "dumb")], Letters::Ascii);
    }
}
