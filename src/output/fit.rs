//! Which columns a terminal has room for, and how wide each may be.

/// What a column would take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Want {
    /// Its widest cell, in terminal columns.
    pub width: usize,
    /// How far it may be shortened; its width if not at all.
    pub least: usize,
    /// How dear it is: the highest goes first.
    pub rank: u8,
}

/// The widths that make a row fit into `room`, with `gap` between columns; none for a column
/// that is left out. The dearest column always stays, shortened if need be.
pub(super) fn fit(wants: &[Want], gap: usize, room: usize) -> Vec<Option<usize>> {
    let mut kept: Vec<usize> = (0..wants.len()).collect();
    let least = |kept: &[usize]| -> usize {
        kept.iter().map(|&i| wants[i].least).sum::<usize>() + gap * kept.len().saturating_sub(1)
    };
    while kept.len() > 1 && least(&kept) > room {
        // The last of the least dear: tables are read from the left.
        let cheapest = (0..kept.len()).max_by_key(|&k| wants[kept[k]].rank);
        kept.remove(cheapest.unwrap_or(0));
    }
    let mut widths = vec![None; wants.len()];
    for &i in &kept {
        widths[i] = Some(wants[i].width);
    }
    let total = kept.iter().map(|&i| wants[i].width).sum::<usize>();
    let mut excess = (total + gap * kept.len().saturating_sub(1)).saturating_sub(room);
    while excess > 0 {
        let slack = |i: usize| widths[i].unwrap_or(0).saturating_sub(wants[i].least);
        let widest = kept
            .iter()
            .copied()
            .filter(|&i| slack(i) > 0)
            .max_by_key(|&i| widths[i]);
        match widest {
            Some(i) => widths[i] = widths[i].map(|width| width - 1),
            None => {
                // One column alone, wider than the terminal.
                let only = kept.first().copied().unwrap_or(0);
                widths[only] = widths[only].map(|width| width.saturating_sub(excess).max(1));
                break;
            }
        }
        excess -= 1;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: Want = Want {
        width: 18,
        least: 12,
        rank: 0,
    };
    const PARAMS: Want = Want {
        width: 6,
        least: 6,
        rank: 1,
    };
    const FIELD: Want = Want {
        width: 30,
        least: 12,
        rank: 7,
    };

    #[test]
    fn what_fits_is_left_alone() {
        let widths = fit(&[NAME, PARAMS, FIELD], 2, 58);
        assert_eq!(widths, [Some(18), Some(6), Some(30)]);
    }

    #[test]
    fn the_widest_is_shortened_before_anything_is_dropped() {
        let widths = fit(&[NAME, PARAMS, FIELD], 2, 50);
        assert_eq!(widths, [Some(18), Some(6), Some(22)]);
    }

    #[test]
    fn the_least_dear_is_dropped_when_shortening_is_not_enough() {
        let widths = fit(&[NAME, PARAMS, FIELD], 2, 30);
        assert_eq!(widths, [Some(18), Some(6), None]);
        assert_eq!(fit(&[NAME, PARAMS, FIELD], 2, 5), [Some(5), None, None]);
    }
}
