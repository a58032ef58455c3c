//! The names beside the points.

use super::draw::{Drawn, Sketch};
use super::frame::LONGEST;
use super::medium::{Medium, Place, Size};
use super::names::{Ground, Name};
use crate::chart::{self, Dot};
use crate::text::{cut, printable};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

impl<DB: DrawingBackend> Sketch<'_, DB> {
    /// Writes the names of the points that have one, where there is room.
    ///
    /// # Errors
    /// When the medium fails.
    pub(super) fn names(&self) -> Drawn<DB> {
        let series = self.chart.series.iter();
        let dots: Vec<&Dot> = series.flat_map(|series| &series.dots).collect();
        let named = dots
            .iter()
            .copied()
            .filter_map(|dot| Some((dot, dot.name.as_ref()?)));
        let mut named: Vec<(&Dot, &chart::Name)> = named.collect();
        named.sort_by_key(|(_, name)| name.rank);
        // A model that several series have is named once.
        let mut names: Vec<Name> = Vec::new();
        for (dot, name) in named {
            let text = cut(&printable(&name.text), LONGEST);
            let name = Name {
                width: self.medium.width_of(&text, Size::Text),
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
        let ground = Ground {
            frame: Place {
                left: self.frame.plot.left + 2 * self.medium.column(),
                ..self.frame.plot
            },
            taken: dots.iter().map(|dot| self.taken(dot)).collect(),
            lines: lines.collect(),
        };
        let places = ground.settle(self.medium, &names);
        for (name, place) in names.iter().zip(places) {
            let Some((place, side)) = place else { continue };
            let x = match side {
                HPos::Left => place.left,
                HPos::Center => (place.left + place.right) / 2,
                HPos::Right => place.right,
            };
            let at = (x, (place.top + place.bottom) / 2);
            self.write(&name.text, Size::Text, (at, side))?;
        }
        Ok(())
    }

    /// The box of a point.
    fn taken(&self, dot: &Dot) -> Place {
        let (x, y) = self.frame.at(dot.at());
        match self.medium {
            Medium::Cells(..) => Place {
                left: x.div_euclid(2) * 2,
                top: y.div_euclid(4) * 4,
                right: x.div_euclid(2) * 2 + 2,
                bottom: y.div_euclid(4) * 4 + 4,
            },
            Medium::Page => {
                let reach = self.medium.reach() + if dot.name.is_some() { 2 } else { 0 };
                Place {
                    left: x - reach,
                    top: y - reach,
                    right: x + reach,
                    bottom: y + reach,
                }
            }
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
