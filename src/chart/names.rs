//! Where the names of points go: beside them, and on nothing else.

use super::medium::{Medium, Place};
use plotters::style::text_anchor::HPos;

/// A name and the point that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// What is written.
    pub text: String,
    /// How wide that is.
    pub width: i32,
    /// The box of the point.
    pub point: Place,
}

/// What names must not touch, and what they had better not.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    /// Where names may be.
    pub frame: Place,
    /// The boxes of points and of what is written already.
    pub taken: Vec<Place>,
    /// Dots of lines.
    pub lines: Vec<(i32, i32)>,
}

/// The dots between a point and its name; on a terminal a column.
const BESIDE: i32 = 4;

impl Ground {
    /// The box of each name in the order of the names, the dearest first, and the side of it that
    /// is nearest to the point; none for one that has no room anywhere around its point.
    pub(super) fn settle(mut self, medium: Medium, names: &[Name]) -> Vec<Option<(Place, HPos)>> {
        let settle = |name: &Name| {
            let free = around(medium, name).into_iter().filter(|(place, _)| {
                // A column of air, lest it seem to be of another point or part of another name.
                let wide = Place {
                    left: place.left - BESIDE.min(medium.column()),
                    right: place.right + BESIDE.min(medium.column()),
                    ..*place
                };
                self.frame.holds(place) && !self.taken.iter().any(|taken| taken.meets(&wide))
            });
            // Of equally free places the first.
            let place = free.min_by_key(|(place, _)| self.crossed(place));
            self.taken.extend(place.map(|(place, _)| place));
            place
        };
        names.iter().map(settle).collect()
    }

    /// How many dots of lines the box would cover.
    fn crossed(&self, place: &Place) -> usize {
        let within = |(x, y): &&(i32, i32)| {
            (place.left..place.right).contains(x) && (place.top..place.bottom).contains(y)
        };
        self.lines.iter().filter(within).count()
    }
}

/// The places around a point, the one that reads best first.
fn around(medium: Medium, name: &Name) -> Vec<(Place, HPos)> {
    let (width, point) = (name.width, name.point);
    let beside = BESIDE.min(medium.column());
    let (height, above) = match medium {
        Medium::Cells(..) => (4, 0),
        Medium::Page => (18, 1),
    };
    let place = |left: i32, top: i32| Place {
        left,
        top,
        right: left + width,
        bottom: top + height,
    };
    let level = (point.top + point.bottom - height) / 2;
    let (over, under) = (point.top - above - height, point.bottom + above);
    // Writing takes whole cells.
    let centre = match medium {
        Medium::Cells(..) => (point.left + point.right - width).div_euclid(4) * 2,
        Medium::Page => (point.left + point.right - width) / 2,
    };
    let (after, before) = (point.right + beside, point.left - beside - width);
    let (from, until) = (point.left, point.right - width);
    let mut places = vec![
        (place(after, level), HPos::Left),
        (place(before, level), HPos::Right),
        (place(centre, over), HPos::Center),
        (place(centre, under), HPos::Center),
        (place(from, over), HPos::Left),
        (place(until, over), HPos::Right),
        (place(from, under), HPos::Left),
        (place(until, under), HPos::Right),
    ];
    // Corner to corner in cells, a name would seem to be of whatever stands in its line.
    if medium == Medium::Page {
        places.extend([
            (place(before, over), HPos::Right),
            (place(after, over), HPos::Left),
            (place(after, under), HPos::Left),
            (place(before, under), HPos::Right),
        ]);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Letters;

    fn place(left: i32, top: i32, width: i32) -> Place {
        Place {
            left,
            top,
            right: left + width,
            bottom: top + 4,
        }
    }

    #[test]
    fn names_touch_nothing() {
        let points = [place(20, 20, 2), place(24, 20, 2), place(0, 0, 2)];
        let name = |point: Place| Name {
            text: "name".to_owned(),
            width: 8,
            point,
        };
        let ground = Ground {
            frame: place(0, 0, 34),
            taken: points.to_vec(),
            lines: Vec::new(),
        };
        let ground = Ground {
            frame: Place {
                bottom: 24,
                ..ground.frame
            },
            ..ground
        };
        let names = points.map(name);
        let medium = Medium::Cells(17, Letters::Unicode);
        let settled = ground.settle(medium, &names).into_iter();
        let places: Vec<_> = settled.map(|settled| Some(settled?.0)).collect();
        assert_eq!(
            places,
            [
                Some(place(10, 20, 8)),
                Some(place(20, 16, 8)),
                Some(place(4, 0, 8))
            ]
        );
    }
}
