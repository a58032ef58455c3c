//! Trends as a picture: the models, the lines through them, and where the lines may be.

use super::NamedFit;
use crate::analysis::trend::Trend;
use crate::chart::{Axis, Chart, Curve, Series, Tint};
use crate::cli::observation::{series_by_access, take_name};
use crate::model::column::ColumnRef;
use crate::model::unit::factor;

/// What a chart of trends shows.
pub(super) struct TrendChart<'a> {
    pub by: ColumnRef,
    pub split: Option<ColumnRef>,
    pub fits: &'a [NamedFit<'a>],
    /// How many models of how many have a point.
    pub among: String,
    pub footer: Vec<String>,
}

/// More groups have no shape of their own.
const GROUPS: usize = 6;
/// The intervals of more lines would lie on each other.
const BANDS: usize = 3;
/// How many bounds a line has on its way.
const STEPS: i32 = 32;

impl TrendChart<'_> {
    pub(super) fn chart(mut self) -> Chart {
        let name = self.by.name();
        let mut notes = vec![self.among.clone()];
        let (title, series) = match (self.split, self.fits) {
            (None, [named, ..]) => {
                let fit = named.fit;
                let observations = fit.observations.iter().map(|(own, _)| own);
                let series = series_by_access(observations, named.names());
                let title = match &fit.trend {
                    Ok(trend) => {
                        let range = trend.growth();
                        let (low, high) = (factor(range.low), factor(range.high));
                        format!("{name}: {} (95 %: {low} to {high})", growth(trend))
                    }
                    Err(none) => {
                        notes.push(none.to_string());
                        format!("{name}: {none} ({})", none.reason())
                    }
                };
                (title, series)
            }
            (split, _) => {
                let by = split.map_or(String::new(), |split| split.name().to_lowercase());
                (format!("{name} over time, by {by}"), self.series_by_group())
            }
        };
        let has_bands = self.fits.len() <= BANDS;
        let trends = self.fits.iter().zip(self.tints());
        let lines = trends.filter_map(|(named, tint)| {
            let trend = named.fit.trend.as_ref().ok()?;
            // Several grey lines cannot be distinguished.
            if tint == Tint::Rest && self.fits.len() > GROUPS {
                return None;
            }
            // The legend has the growth of a group beside its shape.
            let mut line = match self.split {
                Some(_) => line(trend, None, tint),
                None => line(trend, Some(growth(trend)), Tint::Ink),
            };
            if !has_bands {
                line.band.clear();
            }
            Some(line)
        });
        let lines: Vec<Curve> = lines.collect();
        if !lines.is_empty() {
            let method = match has_bands {
                true => {
                    "Line: least squares of the logarithm; band: its 95 % interval (Student's t)."
                }
                false => "Lines: least squares of the logarithm.",
            };
            self.footer.push(method.to_owned());
        }
        let groups: Vec<&str> = series.iter().map(|series| &*series.name).collect();
        Chart {
            description: format!(
                "Models by the month of their announcement and, on a logarithmic axis, {} ({}): \
                 {title}. {}",
                self.by.in_sentence(),
                groups.join("; "),
                self.footer.join(" "),
            ),
            title,
            notes,
            figure: Axis::of(self.by),
            series,
            lines,
            footer: self.footer,
        }
    }

    /// The colours of the groups; what comes after the largest shares one.
    fn tints(&self) -> impl Iterator<Item = Tint> {
        let mut places = 0..GROUPS;
        self.fits
            .iter()
            .map(move |named| match named.fit.value.is_missing() {
                true => Tint::Rest,
                false => places.next().map_or(Tint::Rest, Tint::Series),
            })
    }

    fn series_by_group(&self) -> Vec<Series> {
        let most = if self.fits.len() > BANDS { 1 } else { 3 };
        let mut all: Vec<Series> = Vec::new();
        for (named, tint) in self.fits.iter().zip(self.tints()) {
            let (fit, mut names) = (named.fit, named.names());
            names.retain(|(_, name)| tint != Tint::Rest && name.rank < most);
            let others = all.iter().position(|series| series.tint == Tint::Rest);
            let index = match others {
                Some(others) if tint == Tint::Rest => {
                    "others".clone_into(&mut all[others].name);
                    others
                }
                _ => {
                    let name = match &fit.trend {
                        Ok(trend) => format!("{}, {}", fit.label().exact(), growth(trend)),
                        Err(_) => format!("{}, no rate", fit.label().exact()),
                    };
                    all.push(Series {
                        name,
                        tint,
                        dots: Vec::new(),
                    });
                    all.len() - 1
                }
            };
            for (observation, _) in &fit.observations {
                let name = take_name(&mut names, observation);
                all[index].add(observation.point, name);
            }
        }
        all
    }
}

fn growth(trend: &Trend) -> String {
    format!("{} a year", factor(trend.growth().mid))
}

/// A trend from its first month to its last.
fn line(trend: &Trend, name: Option<String>, tint: Tint) -> Curve {
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
    Curve {
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
