//! Trends as a chart: the models, the lines through them, and where the lines may be.

use super::group_fit::{GroupFit, NO_RATE};
use super::{Growth, Partition};
use crate::analysis::fit::Fit;
use crate::catalog::record_reader::View;
use crate::chart::{
    Chart, ChartKind, Colour, Curve, Drawing, PANELS, Panel, SERIES, Series, Stroke,
};
use crate::cli::filter_args::FilterArgs;
use crate::cli::observation::Observation;
use crate::cli::picture::{colour, data_points, hollow, names, series_by_access, subtitle};
use crate::model::column::ColumnRef;
use crate::model::month::Period;
use crate::model::unit::{factor, three};
use crate::model::value::Kind;
use crate::text::capitalized;

/// How many bounds a line has on its way.
const STEPS: i32 = 32;
/// How many models of a group have names, beside others and in a panel of its own.
const NAMED: [usize; 2] = [6, 2];

pub(super) fn chart(
    growth: &Growth<'_>,
    filters: &FilterArgs,
    (matched, view): (usize, View),
    mut footer: Vec<String>,
) -> Drawing {
    let by = growth.measure.by;
    let shown = growth.shown();
    let panels = match growth.partition {
        Partition::Whole | Partition::Eras(_) => vec![whole(growth)],
        // A model that is in several groups is drawn once in each panel.
        Partition::Groups(split) if shown.len() <= SERIES && split.heading.kind != Kind::Tags => {
            vec![beside_each_other(split, shown)]
        }
        Partition::Groups(_) => shown.iter().take(PANELS).map(alone).collect(),
    };
    let mut notes = Vec::new();
    let more = shown.len().saturating_sub(PANELS);
    if let (Partition::Groups(_), 1..) = (growth.partition, more) {
        notes.push(format!("{more} more groups are not drawn."));
    }
    if panels
        .iter()
        .any(|panel| panel.lines.iter().any(|line| !line.band.is_empty()))
    {
        let method = "Line: least squares of the logarithm; band: its 95 % interval (Student's t).";
        footer.insert(footer.len().saturating_sub(1), method.to_owned());
    }
    let all = shown.iter().flat_map(|own| &own.sample.observations);
    let all = all.map(|(own, _)| own);
    let groups = panels.iter().flat_map(|panel| match &*panel.title {
        "" => panel.series.iter().map(|series| &*series.name).collect(),
        title => vec![title],
    });
    let groups = groups.collect::<Vec<_>>().join("; ");
    Drawing {
        title: growth.finding(filters, view),
        subtitle: subtitle(
            (growth.models, growth.top.is_none().then_some(matched)),
            &filters.subject(true),
            growth.measure,
            view,
        ),
        chart: ChartKind::Points(Chart {
            description: format!("Groups: {groups}."),
            figure: by,
            hollow: hollow(all),
            panels,
        }),
        notes,
        footer,
    }
}

/// All models by their access, under the line of all or those of two periods.
fn whole(growth: &Growth<'_>) -> Panel {
    let fits = growth.shown();
    let observations = fits.iter().flat_map(|own| &own.sample.observations);
    let observations = observations.map(|(own, _)| own);
    let mut names = names(fits.iter().flat_map(GroupFit::named));
    let is_whole = fits.iter().all(|own| own.fit.is_ok());
    let mut lines = Vec::new();
    for (i, own) in fits.iter().enumerate() {
        let Ok(fit) = &own.fit else { continue };
        let name = match growth.partition {
            // The line at the date is between the two.
            Partition::Eras(date) if is_whole => {
                (i == 0).then(|| format!("growth before and since {date}"))
            }
            Partition::Eras(_) => Some(format!("growth {}", own.sample.label.human(Kind::Word))),
            _ => {
                let growth = fit.growth();
                let (low, high) = (factor(growth.low), factor(growth.high));
                Some(format!("{} a year (95 %: {low} to {high})", own.rate()))
            }
        };
        lines.push(curve(fit, name, Colour::Ink));
    }
    if let Partition::Eras(date) = growth.partition {
        lines.extend(border(date, observations.clone()));
    }
    Panel {
        series: series_by_access(observations, &mut names),
        lines,
        ..Panel::default()
    }
}

/// An upright line at a date.
fn border<'a>(
    date: Period,
    observations: impl Iterator<Item = &'a Observation> + Clone,
) -> Option<Curve> {
    let values = observations.map(|own| own.point.value);
    let low = values.clone().min_by(f64::total_cmp)?;
    let high = values.max_by(f64::total_cmp)?;
    let month = f64::from(date.first.index());
    Some(Curve {
        name: Some(date.to_string()),
        colour: Colour::Rest,
        stroke: Stroke::Dashed,
        path: vec![(month, low), (month, high)],
        band: Vec::new(),
    })
}

/// Groups in one plot, each with its line.
fn beside_each_other(split: ColumnRef, fits: &[GroupFit<'_>]) -> Panel {
    let mut panel = Panel::default();
    for (i, own) in fits.iter().enumerate() {
        let colour = colour(split, &own.sample.label.human(Kind::Word), i);
        panel.series.push(series(own, colour, NAMED[0]));
        panel.lines.extend(own.fit.iter().map(|fit| Curve {
            stroke: Stroke::Pattern(i),
            ..curve(fit, None, colour)
        }));
    }
    panel
}

/// A group in a plot of its own.
fn alone(own: &GroupFit<'_>) -> Panel {
    let own_series = series(own, Colour::Series(0), NAMED[1]);
    Panel {
        title: own_series.name.clone(),
        detail: own_series.detail.clone(),
        series: vec![own_series],
        lines: own
            .fit
            .iter()
            .map(|fit| curve(fit, None, Colour::Ink))
            .collect(),
    }
}

/// The points of a group, `most` of them with names.
fn series(own: &GroupFit<'_>, colour: Colour, most: usize) -> Series {
    let observations = own.sample.observations.iter().map(|(own, _)| own);
    let mut names = names(own.named().take(most));
    Series {
        name: own.sample.label.human(Kind::Word).into_owned(),
        detail: own.fit.as_ref().map_or_else(|_| NO_RATE.to_owned(), range),
        colour,
        points: data_points(observations, &mut names),
    }
}

/// The growth of a fit with its interval.
fn range(fit: &Fit) -> String {
    let growth = fit.growth();
    format!(
        "{} a year ({}–{})",
        factor(growth.mid),
        three(growth.low),
        three(growth.high)
    )
}

impl Growth<'_> {
    /// What the picture shows, in a sentence.
    fn finding(&self, filters: &FilterArgs, view: View) -> String {
        // The title of one line has its years.
        let subject = filters.subject(!matches!(self.partition, Partition::Whole));
        let subject = match self.top {
            None => subject,
            Some(1) => format!("{subject} that were the largest when announced"),
            Some(top) => format!("{subject} among the {top} largest when announced"),
        };
        let figure = match view {
            View::Full | View::Sure(_) => self.measure.by.in_title(),
            View::Stated | View::AsListed => {
                format!("{} {}", view.adjective(), self.measure.by.in_title())
            }
        };
        let what = format!("{} of {subject}", capitalized(&figure));
        let years = |own: &GroupFit<'_>| {
            let (first, last) = own.sample.months()?;
            Some(match (first.year(), last.year()) {
                (first, last) if first == last => format!(", {first}"),
                (first, last) => format!(", {first}–{last}"),
            })
        };
        match self.partition {
            Partition::Whole => {
                let fits = self.shown().iter().map(|own| {
                    let years = years(own).unwrap_or_default();
                    match &own.fit {
                        Ok(fit) => {
                            let (verb, rate) = (verb(&[*fit]), own.rate());
                            format!("{what} {verb} {rate} a year{years}")
                        }
                        Err(none) => format!("{what}{years}: {none} ({})", none.reason()),
                    }
                });
                fits.collect()
            }
            Partition::Eras(date) => format!("{what}: {}", self.eras(date)),
            Partition::Groups(split) => {
                let drawn = self.shown().iter().take(PANELS);
                let fits: Vec<_> = drawn.filter_map(|own| Some((own, own.fit.ok()?))).collect();
                let name = |(own, _): &(&GroupFit<'_>, Fit)| {
                    format!("{} ({})", own.rate(), own.sample.label.human(Kind::Word))
                };
                let by = split.in_title();
                match &*fits {
                    [] => format!("{what}: no growth rate by {by}"),
                    [only] => {
                        let others = match self.shown().len() {
                            1 => "",
                            _ => "; no rate for others",
                        };
                        format!("{what} {} {} a year{others}", verb(&[only.1]), name(only))
                    }
                    // The first are the largest groups, or the latest dates.
                    [one, other, rest @ ..] => {
                        let ranges = [one, other].map(|(_, fit)| fit.growth());
                        let overlap =
                            ranges[0].low <= ranges[1].high && ranges[1].low <= ranges[0].high;
                        let others = if rest.is_empty() {
                            ""
                        } else {
                            ", among others"
                        };
                        let overlap = if overlap {
                            "; their intervals overlap"
                        } else {
                            ""
                        };
                        let (verb, one, other) = (verb(&[one.1, other.1]), name(one), name(other));
                        format!("{what} {verb} {one} and {other} a year{others}{overlap}")
                    }
                }
            }
        }
    }
}

/// Whether figures grew or fell.
fn verb(fits: &[Fit]) -> &'static str {
    match fits.iter().all(|fit| fit.growth().mid >= 1.0) {
        true => "grew",
        false => "changed",
    }
}

/// A fit from its first month to its last.
fn curve(fit: &Fit, name: Option<String>, colour: Colour) -> Curve {
    let (first, last) = (fit.first.index(), fit.last.index());
    // A chart has no place for what is too small or too large to be written.
    let is_figure = |value: f64| value.is_finite() && value > 0.0;
    let path = [first, last].map(f64::from);
    let path = path.map(|month| (month, fit.at(month).mid));
    let has_path = path.iter().all(|(_, value)| is_figure(*value));
    let band = (0..=STEPS).map(|step| {
        let month = f64::from(first) + f64::from((last - first) * step) / f64::from(STEPS);
        let there = fit.at(month);
        (month, there.low, there.high)
    });
    let band = band.filter(|(_, low, high)| is_figure(*low) && is_figure(*high));
    Curve {
        name,
        colour,
        stroke: Stroke::Medium,
        path: path.into_iter().filter(|_| has_path).collect(),
        band: band.collect(),
    }
}
