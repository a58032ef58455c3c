//! Trends as a picture: the models, the lines through them, and where the lines may be.

use super::Fitted;
use crate::analysis::trend::Trend;
use crate::chart::dots::{ByAccess, Dots};
use crate::chart::{Axis, Chart, Line, Series, Tint};
use crate::model::column::ColumnRef;
use crate::model::quantity::factor;
use crate::text::capitalized;

/// What is drawn.
pub(super) struct Drawn<'a, 'm> {
    /// The figure.
    pub by: ColumnRef,
    /// What the models are split by.
    pub split: Option<ColumnRef>,
    /// The groups.
    pub fitted: &'a [Fitted<'m>],
    /// How many models of how many have a point.
    pub among: String,
    /// The same in sentences.
    pub captions: &'a [String],
}

/// More groups have no shape of their own.
const GROUPS: usize = 6;
/// The intervals of more lines would lie on each other.
const BANDS: usize = 3;
/// How many bounds a line has on its way.
const STEPS: i32 = 32;

impl Drawn<'_, '_> {
    /// The chart of a catalog that is credited so, and of what is asked of it.
    pub(super) fn chart(&self, credit: &str, asked: &str) -> Chart {
        let series = match self.split {
            Some(_) => self.groups(),
            None => self.by_access(),
        };
        let trends = self.fitted.iter().zip(self.tints());
        let lines = trends.filter_map(|(fitted, tint)| {
            let trend = fitted.trend.as_ref().ok()?;
            // Nobody could tell whose line of many grey ones it is.
            if tint == Tint::Rest && self.fitted.len() > GROUPS {
                return None;
            }
            // The legend tells the growth of a group beside its shape.
            let name = self.split.is_none().then(|| growth(trend));
            let tint = if self.split.is_some() {
                tint
            } else {
                Tint::Ink
            };
            let mut line = line(trend, name, tint);
            if self.fitted.len() > BANDS {
                line.band.clear();
            }
            Some(line)
        });
        let lines: Vec<Line> = lines.collect();
        let mut notes = vec![self.among.clone()];
        let name = self.by.name();
        let title = match (self.split, self.fitted) {
            (Some(split), _) => format!("{name} over time, by {}", split.name().to_lowercase()),
            (
                None,
                [
                    Fitted {
                        trend: Ok(trend), ..
                    },
                ],
            ) => {
                let range = trend.growth();
                let (low, high) = (factor(range.low), factor(range.high));
                format!("{name}: {} (95 %: {low} to {high})", growth(trend))
            }
            (
                None,
                [
                    Fitted {
                        trend: Err(none), ..
                    },
                ],
            ) => {
                notes.push(none.to_string());
                format!("{name}: {none} ({})", none.why())
            }
            (None, _) => format!("{name} over time"),
        };
        let mut footer = vec![format!("Source: {credit}.")];
        footer.extend(
            self.captions
                .iter()
                .map(|text| format!("{}.", capitalized(text))),
        );
        footer.extend((!asked.is_empty()).then(|| format!("Models: {asked}.")));
        footer.extend((!lines.is_empty()).then(|| {
            match self.fitted.len() > BANDS {
                true => "Lines: least squares of the logarithm.".to_owned(),
                false => {
                    "Line: least squares of the logarithm; band: its 95 % interval (Student's t)."
                        .to_owned()
                }
            }
        }));
        let groups = series.iter().map(|series| series.name.as_str());
        let groups: Vec<&str> = groups.collect();
        Chart {
            description: format!(
                "Models by the month of their announcement and, on a logarithmic axis, {} ({}): \
                 {title}. {}",
                self.by.in_sentence(),
                groups.join("; "),
                footer.join(" "),
            ),
            title,
            notes,
            figure: Axis::of(self.by),
            series,
            lines,
            footer,
        }
    }

    /// The colours of the groups; what comes after the largest shares one.
    fn tints(&self) -> impl Iterator<Item = Tint> {
        let mut places = 0..GROUPS;
        self.fitted.iter().map(move |fitted| {
            let place = match fitted.value.is_missing() {
                true => None,
                false => places.next(),
            };
            place.map_or(Tint::Rest, Tint::Series)
        })
    }

    fn by_access(&self) -> Vec<Series> {
        let mut dots = ByAccess::default();
        for fitted in self.fitted {
            let spots = fitted.spots.points.iter().zip(&fitted.spots.access);
            for (point, access) in spots {
                dots.of(*access).add(point.month, point.value);
            }
            for (model, point, name) in &fitted.named {
                let own = dots.of(model.access);
                own.name(point.month, point.value, name.clone());
            }
        }
        dots.series()
    }

    fn groups(&self) -> Vec<Series> {
        let named = if self.fitted.len() > BANDS { 1 } else { 3 };
        let mut series: Vec<(String, Tint, Dots)> = Vec::new();
        for (fitted, tint) in self.fitted.iter().zip(self.tints()) {
            let rest = series.iter().position(|(_, tint, _)| *tint == Tint::Rest);
            let place = match rest {
                Some(rest) if tint == Tint::Rest => {
                    "others".clone_into(&mut series[rest].0);
                    rest
                }
                _ => {
                    let name = match &fitted.trend {
                        Ok(trend) => format!("{}, {}", fitted.label().exact(), growth(trend)),
                        Err(_) => format!("{}, no rate", fitted.label().exact()),
                    };
                    series.push((name, tint, Dots::default()));
                    series.len() - 1
                }
            };
            let (.., dots) = &mut series[place];
            for point in &fitted.spots.points {
                dots.add(point.month, point.value);
            }
            // The names of every group would be more than anybody reads.
            let names = fitted.named.iter().filter(|(.., name)| name.rank < named);
            for (_, point, name) in names.filter(|_| tint != Tint::Rest) {
                dots.name(point.month, point.value, name.clone());
            }
        }
        let series = series.into_iter().map(|(name, tint, dots)| Series {
            name,
            tint,
            dots: dots.kept(),
        });
        series.collect()
    }
}

fn growth(trend: &Trend) -> String {
    format!("{} a year", factor(trend.growth().mid))
}

/// A trend from its first month to its last.
fn line(trend: &Trend, name: Option<String>, tint: Tint) -> Line {
    let (first, last) = (trend.first.index(), trend.last.index());
    let months = (0..=STEPS)
        .map(|step| f64::from(first) + f64::from((last - first) * step) / f64::from(STEPS));
    let band = months.map(|month| {
        let there = trend.at(month);
        (month, there.low, there.high)
    });
    let ends = [first, last].map(f64::from);
    let course = ends.map(|month| (month, trend.at(month).mid));
    // A picture has no place for what is too small or too large to be written.
    let is_figure = |value: f64| value.is_finite() && value > 0.0;
    Line {
        name,
        tint,
        course: match course.iter().all(|(_, value)| is_figure(*value)) {
            true => course.to_vec(),
            false => Vec::new(),
        },
        band: band
            .filter(|(_, low, high)| is_figure(*low) && is_figure(*high))
            .collect(),
    }
}
