//! Trends as a chart: the models, the lines through them, and where the lines may be.

use super::group_fit::GroupFit;
use super::{Growth, Partition};
use crate::analysis::fit::Fit;
use crate::chart::{Chart, Curve, Drawing, PointName, Series, Tint};
use crate::cli::observation::{names_by_access, series_by_access};
use crate::model::unit::factor;
use crate::model::value::Kind;

/// More groups have no shape of their own.
const GROUPS: usize = 6;
/// The intervals of more lines would lie on each other.
const BANDS: usize = 3;
/// How many bounds a line has on its way.
const STEPS: i32 = 32;

pub(super) fn chart(growth: &Growth<'_>, mut footer: Vec<String>) -> Drawing {
    let by = growth.measure.by;
    let name = by.name();
    let mut places = 0..GROUPS;
    // What comes after the largest groups shares a colour.
    let fits = growth
        .shown()
        .iter()
        .map(|own| (own, places.next().map_or(Tint::Rest, Tint::Series)));
    let fits: Vec<(&GroupFit<'_>, Tint)> = fits.collect();
    let drawn = fits.iter().filter(|(own, _)| own.fit.is_ok());
    let has_bands = drawn.count() <= BANDS;
    let observations = fits.iter().flat_map(|(own, _)| &own.sample.observations);
    let observations = observations.map(|(own, _)| own);
    let named = fits.iter().flat_map(|(own, _)| own.named());
    let by_access = || {
        let names = names_by_access(named).collect();
        (series_by_access(observations.clone()), names)
    };
    let (title, (series, names)) = match growth.partition {
        Partition::Whole => {
            let rates = fits.iter().map(|(own, _)| match &own.fit {
                Ok(fit) => {
                    let range = fit.growth();
                    let (low, high) = (factor(range.low), factor(range.high));
                    format!("{} (95 %: {low} to {high})", rate(fit))
                }
                Err(none) => format!("{none} ({})", none.reason()),
            });
            (rates.collect::<String>(), by_access())
        }
        Partition::Eras(date) => (growth.eras(date), by_access()),
        Partition::Groups(split) => {
            let most = if has_bands { 3 } else { 1 };
            let title = format!("growth by {}", split.in_sentence());
            (title, (series_by_group(&fits), names_by_group(&fits, most)))
        }
    };
    let title = format!("{name}: {title}");
    let has_both = fits.iter().all(|(own, _)| own.fit.is_ok());
    let curves = fits.iter().enumerate().filter_map(|(i, (own, tint))| {
        let fit = own.fit.as_ref().ok()?;
        let (name, tint) = match growth.partition {
            // The legend has the growth of a group next to its shape.
            Partition::Groups(_) => (None, *tint),
            Partition::Whole => (Some(rate(fit)), Tint::Ink),
            // The line at the date is between the two.
            Partition::Eras(date) if has_both => {
                let name = format!("growth before and since {date}");
                ((i == 0).then_some(name), Tint::Ink)
            }
            Partition::Eras(_) => {
                let era = own.sample.label.human(Kind::Word);
                (Some(format!("growth {era}")), Tint::Ink)
            }
        };
        // Several grey lines cannot be distinguished.
        let is_drawn = tint != Tint::Rest || fits.len() <= GROUPS;
        is_drawn.then(|| curve(fit, name, tint, has_bands))
    });
    let mut lines: Vec<Curve> = curves.collect();
    if !lines.is_empty() {
        let method = match has_bands {
            true => "Line: least squares of the logarithm; band: its 95 % interval (Student's t).",
            false => "Lines: least squares of the logarithm.",
        };
        footer.push(method.to_owned());
    }
    if let Partition::Eras(date) = growth.partition {
        let values = observations.map(|own| own.point.value);
        let bounds = values
            .clone()
            .min_by(f64::total_cmp)
            .zip(values.max_by(f64::total_cmp));
        let month = f64::from(date.first.index());
        lines.extend(bounds.map(|(low, high)| Curve {
            name: Some(date.to_string()),
            tint: Tint::Rest,
            is_heavy: false,
            course: vec![(month, low), (month, high)],
            band: Vec::new(),
        }));
    }
    let groups: Vec<&str> = series.iter().map(|series| &*series.name).collect();
    Drawing::Points(Chart {
        description: format!(" ({}): {title}.", groups.join("; ")),
        title,
        figure: by,
        series,
        names,
        lines,
        footer,
    })
}

fn series_by_group(fits: &[(&GroupFit<'_>, Tint)]) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    for (own, tint) in fits {
        let points = own.sample.observations.iter().map(|(own, _)| own.point);
        let mut others = all.iter_mut().filter(|series| series.tint == Tint::Rest);
        if let (Tint::Rest, Some(others)) = (*tint, others.next()) {
            "others".clone_into(&mut others.name);
            others.points.extend(points);
            continue;
        }
        let (label, rate) = (own.sample.label.human(Kind::Word), own.rate());
        let unit = if own.fit.is_ok() { " a year" } else { "" };
        all.push(Series {
            name: format!("{label}, {rate}{unit}"),
            tint: *tint,
            points: points.collect(),
        });
    }
    all
}

/// The names of the `most` important points of each group that has a colour of its own.
fn names_by_group(fits: &[(&GroupFit<'_>, Tint)], most: usize) -> Vec<PointName> {
    let groups = fits.iter().filter(|(_, tint)| *tint != Tint::Rest);
    let names = groups.flat_map(|(own, tint)| {
        let names = names_by_access(own.named()).take(most);
        names.map(|name| PointName {
            tint: *tint,
            ..name
        })
    });
    names.collect()
}

fn rate(fit: &Fit) -> String {
    format!("{} a year", factor(fit.growth().mid))
}

/// A fit from its first month to its last.
fn curve(fit: &Fit, name: Option<String>, tint: Tint, has_band: bool) -> Curve {
    let (first, last) = (fit.first.index(), fit.last.index());
    // A chart has no place for what is too small or too large to be written.
    let is_figure = |value: f64| value.is_finite() && value > 0.0;
    let course = [first, last].map(f64::from);
    let course = course.map(|month| (month, fit.at(month).mid));
    let has_course = course.iter().all(|(_, value)| is_figure(*value));
    let band = (0..=STEPS).map(|step| {
        let month = f64::from(first) + f64::from((last - first) * step) / f64::from(STEPS);
        let there = fit.at(month);
        (month, there.low, there.high)
    });
    let band = band.filter(|(_, low, high)| has_band && is_figure(*low) && is_figure(*high));
    Curve {
        name,
        tint,
        is_heavy: false,
        course: course.into_iter().filter(|_| has_course).collect(),
        band: band.collect(),
    }
}
