//! The characters that a terminal shows, and bars made of them.

/// Whether a terminal shows more than ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// All of Unicode.
    #[default]
    Unicode,
    /// ASCII alone.
    Ascii,
}

impl Charset {
    /// The rule under the titles of a table.
    pub(super) fn rule(self) -> char {
        match self {
            Charset::Unicode => '─',
            Charset::Ascii => '-',
        }
    }

    /// By the locale, which is the first of its variables that is set, and by `TERM`.
    pub(super) fn of(variable: impl Fn(&str) -> Option<String>) -> Charset {
        let term = variable("TERM").unwrap_or_default();
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter();
        let locale = locale.filter_map(&variable).find(|value| !value.is_empty());
        let locale = locale.map(|value| value.to_ascii_lowercase().replace('-', ""));
        // A console of Windows has no locale in its environment.
        let is_utf8 = locale.map_or(cfg!(windows), |locale| locale.contains("utf8"));
        // The fonts of these terminals have little but ASCII.
        match is_utf8 && !matches!(&*term, "linux" | "dumb") {
            true => Charset::Unicode,
            false => Charset::Ascii,
        }
    }
}

/// Eighths of a block, from 1/8.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// A bar of `width` columns for a share of 1; never empty for a share above 0.
pub(crate) fn bar(share: f64, width: usize, charset: Charset) -> String {
    let (full, steps) = match charset {
        Charset::Unicode => ("█", 8),
        Charset::Ascii => ("#", 1),
    };
    let length = (share.clamp(0.0, 1.0) * (width * steps) as f64).round() as usize;
    let length = length.max(usize::from(share > 0.0));
    let mut bar = full.repeat(length / steps);
    bar.extend((length % steps).checked_sub(1).map(|rest| EIGHTHS[rest]));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(set: &[(&str, &str)], charset: Charset) {
        let value = |name: &str| {
            let found = set.iter().find(|(own, _)| *own == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(Charset::of(value), charset, "{set:?}");
    }

    #[test]
    fn the_first_variable_of_the_locale_decides() {
        case(&[("LANG", "de_DE.UTF-8")], Charset::Unicode);
        case(&[("LC_CTYPE", "C.utf8"), ("LANG", "C")], Charset::Unicode);
        case(&[("LC_ALL", "C"), ("LANG", "C.UTF-8")], Charset::Ascii);
        case(&[("LC_ALL", ""), ("LANG", "C.UTF-8")], Charset::Unicode);
        case(&[("LANG", "C.UTF-8"), ("TERM", "linux")], Charset::Ascii);
        case(&[("LANG", "C.UTF-8"), ("TERM", "dumb")], Charset::Ascii);
    }

    #[test]
    fn bars_are_as_long_as_their_share() {
        let unicode = |share| bar(share, 4, Charset::Unicode);
        assert_eq!(unicode(1.0), "████");
        assert_eq!(unicode(0.5), "██");
        assert_eq!(unicode(0.3), "█▎");
        assert_eq!(unicode(0.0001), "▏");
        assert_eq!(unicode(0.0), "");
        let ascii = |share| bar(share, 4, Charset::Ascii);
        assert_eq!([1.0, 0.3, 0.0001, 0.0].map(ascii), ["####", "#", "#", ""]);
    }
}
