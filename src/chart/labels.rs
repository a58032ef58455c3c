//! The names beside the points, placed so that they cover nothing else.

use super::draw::{DrawResult, Sketch};
use super::frame::LONGEST;
use super::medium::{Medium, Rect, TextSize};
use crate::chart::{Dot, PointName};
use crate::text::{cut, printable};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

/// A name and the point that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub text: String,
    pub width: i32,
    /// The box of the point.
    pub point: Rect,
}

/// What names must not touch, and the lines that they should not.
#[derive(Debug, Clone)]
pub(super) struct Placement {
    /// Where names may be.
    pub frame: Rect,
    /// The boxes of points and of what is written already.
    pub taken: Vec<Rect>,
    /// Dots of lines.
    pub lines: Vec<(i32, i32)>,
}

/// The dots between a point and its name; on a terminal a column.
const BESIDE: i32 = 4;

impl Placement {
    /// The box of each name in the order of the names, by rank, and the side of it that
    /// is nearest to the point; none for one that has no room anywhere around its point.
    pub(super) fn place_all(
        mut self,
        medium: Medium,
        names: &[Label],
    ) -> Vec<Option<(Rect, HPos)>> {
        let place = |name: &Label| {
            let free = around(medium, name).into_iter().filter(|(place, _)| {
                // A free column keeps it apart from other points and names.
                let wide = Rect {
                    left: place.left - BESIDE.min(medium.column),
                    right: place.right + BESIDE.min(medium.column),
                    ..*place
                };
                self.frame.holds(place) && !self.taken.iter().any(|taken| taken.meets(&wide))
            });
            // Of equally free places the first.
            let place = free.min_by_key(|(place, _)| self.crossed(place));
            self.taken.extend(place.map(|(place, _)| place));
            place
        };
        names.iter().map(place).collect()
    }

    /// How many dots of lines the box would cover.
    fn crossed(&self, place: &Rect) -> usize {
        let within = |(x, y): &&(i32, i32)| {
            (place.left..place.right).contains(x) && (place.top..place.bottom).contains(y)
        };
        self.lines.iter().filter(within).count()
    }
}

/// The places around a point, the one that reads best first.
fn around(medium: Medium, name: &Label) -> Vec<(Rect, HPos)> {
    let (width, point) = (name.width, name.point);
    let beside = BESIDE.min(medium.column);
    let (height, above) = if medium.is_page() { (18, 1) } else { (4, 0) };
    let place = |left: i32, top: i32| Rect {
        left,
        top,
        right: left + width,
        bottom: top + height,
    };
    let level = (point.top + point.bottom - height) / 2;
    let (over, under) = (point.top - above - height, point.bottom + above);
    // Writing takes whole cells.
    let centre = match medium.is_page() {
        true => (point.left + point.right - width) / 2,
        false => (point.left + point.right - width).div_euclid(4) * 2,
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
    // Corner to corner in cells, a name would seem to belong to a point in its line.
    if medium.is_page() {
        places.extend([
            (place(before, over), HPos::Right),
            (place(after, over), HPos::Left),
            (place(after, under), HPos::Left),
            (place(before, under), HPos::Right),
        ]);
    }
    places
}

impl<DB: DrawingBackend> Sketch<'_, DB> {
    /// Writes the names of the points that have one, where there is room.
    pub(super) fn names(&self) -> DrawResult<DB> {
        let dots = self.chart.series.iter().flat_map(|series| &series.dots);
        let named = dots.clone();
        let named = named.filter_map(|dot| Some((dot, dot.name.as_ref()?)));
        let mut named: Vec<(&Dot, &PointName)> = named.collect();
        named.sort_by_key(|(_, name)| name.rank);
        // A model that several series have is named once.
        let mut names: Vec<Label> = Vec::new();
        for (dot, name) in named {
            let text = cut(&printable(&name.text), LONGEST);
            let name = Label {
                width: self.medium.width_of(&text, TextSize::Text),
                point: self.taken(dot),
                text,
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let lines = self.chart.lines.iter().flat_map(|line| {
            let course = self.course(&line.course);
            course
                .windows(2)
                .flat_map(|pair| between(pair[0], pair[1]))
                .collect::<Vec<_>>()
        });
        let placement = Placement {
            frame: Rect {
                left: self.frame.plot.left + 2 * self.medium.column,
                ..self.frame.plot
            },
            taken: dots.map(|dot| self.taken(dot)).collect(),
            lines: lines.collect(),
        };
        let places = placement.place_all(self.medium, &names);
        for (name, place) in names.iter().zip(places) {
            let Some((place, side)) = place else { continue };
            let x = match side {
                HPos::Left => place.left,
                HPos::Center => (place.left + place.right) / 2,
                HPos::Right => place.right,
            };
            let at = (x, (place.top + place.bottom) / 2);
            self.write(&name.text, TextSize::Text, (at, side))?;
        }
        Ok(())
    }

    /// The box of a point.
    fn taken(&self, dot: &Dot) -> Rect {
        let (x, y) = self.frame.at(dot.at());
        if self.medium.is_page() {
            let reach = self.medium.reach + if dot.name.is_some() { 2 } else { 0 };
            return Rect {
                left: x - reach,
                top: y - reach,
                right: x + reach,
                bottom: y + reach,
            };
        }
        let (left, top) = (x.div_euclid(2) * 2, y.div_euclid(4) * 4);
        Rect {
            left,
            top,
            right: left + 2,
            bottom: top + 4,
        }
    }
}

/// Dots from one to another.
fn between(from: (i32, i32), to: (i32, i32)) -> Vec<(i32, i32)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let steps = dx.abs().max(dy.abs()).max(1);
    let at = |step: i32| (from.0 + dx * step / steps, from.1 + dy * step / steps);
    (0..=steps).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Charset;

    fn place(left: i32, top: i32, width: i32) -> Rect {
        Rect {
            left,
            top,
            right: left + width,
            bottom: top + 4,
        }
    }

    #[test]
    fn names_touch_nothing() {
        let points = [place(20, 20, 2), place(24, 20, 2), place(0, 0, 2)];
        let name = |point: Rect| Label {
            text: "name".to_owned(),
            width: 8,
            point,
        };
        let placement = Placement {
            frame: place(0, 0, 34),
            taken: points.to_vec(),
            lines: Vec::new(),
        };
        let placement = Placement {
            frame: Rect {
                bottom: 24,
                ..placement.frame
            },
            ..placement
        };
        let names = points.map(name);
        let medium = Medium::terminal(17, Charset::Unicode);
        let settled = placement.place_all(medium, &names).into_iter();
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
