//! Trends as a chart: the models, the lines through them, and where the lines may be.

use super::{GroupFit, Growth, NO_RATE};
use crate::analysis::fit::Fit;
use crate::chart::{Chart, Curve, PointName, Series, Tint};
use crate::cli::observation::{names_by_access, series_by_access};
use crate::model::unit::factor;
use crate::model::value::Kind;

/// More groups have no shape of their own.
const GROUPS: usize = 6;
/// The intervals of more lines would lie on each other.
const BANDS: usize = 3;
/// How many bounds a line has on its way.
const STEPS: i32 = 32;

pub(super) fn chart(growth: &Growth<'_>, mut footer: Vec<String>) -> Chart {
    let by = growth.measure.by;
    let name = by.name();
    let mut places = 0..GROUPS;
    // What comes after the largest groups shares a colour.
    let fits = growth
        .fits
        .iter()
        .map(|own| match own.group.value.is_missing() {
            true => (own, Tint::Rest),
            false => (own, places.next().map_or(Tint::Rest, Tint::Series)),
        });
    let fits: Vec<(&GroupFit<'_>, Tint)> = fits.collect();
    let has_bands = fits.len() <= BANDS;
    let (title, series, names) = match (growth.split, &*fits) {
        (None, [(own, _), ..]) => {
            let observations = own.group.result.iter().map(|(own, _)| own);
            let title = match &own.fit {
                Ok(fit) => {
                    let range = fit.growth();
                    let (low, high) = (factor(range.low), factor(range.high));
                    format!("{name}: {} (95 %: {low} to {high})", rate(fit))
                }
                Err(none) => format!("{name}: {none} ({})", none.reason()),
            };
            let names = names_by_access(own.named()).collect();
            (title, series_by_access(observations), names)
        }
        (split, _) => {
            let split = split.map_or(String::new(), |split| split.name().to_lowercase());
            let most = if has_bands { 3 } else { 1 };
            let title = format!("{name} over time, by {split}");
            (title, series_by_group(&fits), names_by_group(&fits, most))
        }
    };
    let curves = fits.iter().filter_map(|(own, tint)| {
        let fit = own.fit.as_ref().ok()?;
        // The legend has the growth of a group next to its shape.
        let (name, tint) = match growth.split {
            Some(_) => (None, *tint),
            None => (Some(rate(fit)), Tint::Ink),
        };
        // Several grey lines cannot be distinguished.
        let is_drawn = tint != Tint::Rest || fits.len() <= GROUPS;
        is_drawn.then(|| curve(fit, name, tint, has_bands))
    });
    let lines: Vec<Curve> = curves.collect();
    if !lines.is_empty() {
        let method = match has_bands {
            true => "Line: least squares of the logarithm; band: its 95 % interval (Student's t).",
            false => "Lines: least squares of the logarithm.",
        };
        footer.push(method.to_owned());
    }
    let groups: Vec<&str> = series.iter().map(|series| &*series.name).collect();
    Chart {
        description: format!(" ({}): {title}.", groups.join("; ")),
        title,
        figure: by,
        series,
        names,
        lines,
        footer,
    }
}

fn series_by_group(fits: &[(&GroupFit<'_>, Tint)]) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    for (own, tint) in fits {
        let points = own.group.result.iter().map(|(own, _)| own.point);
        let mut others = all.iter_mut().filter(|series| series.tint == Tint::Rest);
        if let (Tint::Rest, Some(others)) = (*tint, others.next()) {
            "others".clone_into(&mut others.name);
            others.points.extend(points);
            continue;
        }
        let rate = own.fit.as_ref().map_or(NO_RATE.to_owned(), rate);
        all.push(Series {
            name: format!("{}, {rate}", own.label().human(Kind::Word)),
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
        course: course.into_iter().filter(|_| has_course).collect(),
        band: band.collect(),
    }
}
