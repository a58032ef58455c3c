//! Bars: a share of a whole as a length.

use super::Letters;

/// Eighths of a block, the least first.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// A bar for a share from 0 to 1 of `width` terminal columns; never empty for a share over 0.
pub fn bar(share: f64, width: usize, letters: Letters) -> String {
    if letters == Letters::Ascii {
        let whole = (share.clamp(0.0, 1.0) * width as f64).round() as usize;
        return "#".repeat(whole.max(usize::from(share > 0.0)));
    }
    let eighths = (share.clamp(0.0, 1.0) * width as f64 * 8.0).round() as usize;
    let eighths = match share > 0.0 {
        true => eighths.max(1),
        false => 0,
    };
    let mut bar = "█".repeat(eighths / 8);
    bar.extend((eighths % 8).checked_sub(1).map(|rest| EIGHTHS[rest]));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_share() {
        let unicode = |share| bar(share, 4, Letters::Unicode);
        assert_eq!(unicode(1.0), "████");
        assert_eq!(unicode(0.5), "██");
        assert_eq!(unicode(0.3), "█▎");
        assert_eq!(unicode(0.0001), "▏");
        assert_eq!(unicode(0.0), "");
        let ascii = |share| bar(share, 4, Letters::Ascii);
        assert_eq!([1.0, 0.3, 0.0001, 0.0].map(ascii), ["####", "#", "#", ""]);
    }
}
