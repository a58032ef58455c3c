//! The tables of trends.

use super::group_fit::{GroupFit, NO_RATE};
use super::{Growth, Partition};
use crate::analysis::fit::{Fit, portable};
use crate::model::column::ColumnRef;
use crate::model::heading::Heading;
use crate::model::physics::Interval;
use crate::model::schema;
use crate::model::unit::{Unit, factor, three};
use crate::model::value::{Kind, Value};
use crate::output::{ReportPart, SheetColumn};

const NAME: ColumnRef = schema::column("name");
const ANNOUNCED: ColumnRef = schema::column("announced");
/// A number without a unit, in three digits for people.
const RATIO: Kind = Kind::Quantity(Unit::Ratio);

impl Growth<'_> {
    /// A sheet with the groups in its first column, if there are several.
    fn part<'s>(
        &self,
        columns: impl IntoIterator<Item = SheetColumn<'s>>,
        rows: impl Iterator<Item = (&'s GroupFit<'s>, Vec<Value<'s>>)>,
    ) -> ReportPart<'s> {
        let group = match self.partition {
            Partition::Whole => None,
            Partition::Groups(split) => Some(Heading {
                kind: Kind::Word,
                drop_order: 0,
                ..split.heading
            }),
            Partition::Eras(_) => Some(Heading::new("era", "Period", Kind::Word, 0)),
        };
        let label = |own: &GroupFit<'_>| group.map(|_| own.sample.label.clone());
        let rows = rows.map(|(own, row)| label(own).into_iter().chain(row).collect());
        let group = group.into_iter().map(SheetColumn::from);
        ReportPart::sheet(group.chain(columns), rows)
    }

    /// The fit of each group.
    pub(super) fn sheet(&self) -> ReportPart<'_> {
        let machines = |key, title, kind, rank| {
            SheetColumn::for_machines(Heading::new(key, title, kind, rank))
        };
        let people =
            |key, title, rank| SheetColumn::for_people(Heading::new(key, title, Kind::Word, rank));
        let columns = [
            machines("by", "Figure", Kind::Word, 1),
            Heading::new("n", "n", Kind::Number, 1).into(),
            Heading::new("growth_per_year", "Growth per year", Kind::Number, 0).into(),
            people("growth_interval", "95 % interval", 1),
            machines("growth_low", "Growth, min", RATIO, 3),
            machines("growth_high", "Growth, max", RATIO, 3),
            Heading::new("doubling_months", "Doubling time", Kind::Word, 2).into(),
            people("doubling_interval", "95 % (months)", 3),
            machines("doubling_low", "Doubling, min", RATIO, 4),
            machines("doubling_high", "Doubling, max", RATIO, 4),
            machines("halving_months", "Halving time (months)", RATIO, 5),
            machines("halving_low", "Halving, min", RATIO, 5),
            machines("halving_high", "Halving, max", RATIO, 5),
            Heading::new("r2", "R²", Kind::Number, 4).into(),
            Heading::new("first", "First", Kind::Month, 5).into(),
            Heading::new("last", "Last", Kind::Month, 5).into(),
            machines("influence", "Most influential", Kind::Compound, 6),
            machines("estimated", "Estimated", Kind::Number, 6),
        ];
        let is_of_eras = matches!(self.partition, Partition::Eras(_));
        let tested = [
            machines("change_ratio", "Change of growth", RATIO, 6),
            machines("change_low", "Change, min", RATIO, 6),
            machines("change_high", "Change, max", RATIO, 6),
            machines("change_t", "t", RATIO, 6),
            machines("change_df", "Degrees of freedom", RATIO, 6),
            machines("change_p", "p", RATIO, 6),
        ];
        let rows = self.shown().iter().enumerate().map(|(i, own)| {
            let mut row = vec![
                Value::from(self.measure.by.heading.key),
                Value::Number(own.sample.observations.len() as f64),
            ];
            match &own.fit {
                Ok(fit) => row.extend(figures(fit)),
                Err(_) => row.push(Value::shown(NO_RATE, Value::Missing)),
            }
            row.resize(columns.len() - 4, Value::Missing);
            match own.sample.months() {
                Some((first, last)) => row.extend([first, last].map(Value::Month)),
                None => row.extend([Value::Missing, Value::Missing]),
            }
            row.push(own.influence());
            row.push(Value::Number(own.sample.estimates() as f64));
            if is_of_eras {
                // The change is that of the later period.
                row.extend(self.change_figures(i > 0));
            }
            (own, row)
        });
        let tested = tested.into_iter().filter(|_| is_of_eras);
        let columns = columns.into_iter().chain(tested);
        self.part(columns, rows)
    }

    /// The change of growth in figures, where it is known and `is_shown`.
    fn change_figures(&self, is_shown: bool) -> [Value<'static>; 6] {
        match self.change.filter(|_| is_shown) {
            None => [const { Value::Missing }; 6],
            Some(change) => {
                let Interval { mid, low, high } = change.ratio;
                [mid, low, high, change.t, change.freedom, change.p].map(number)
            }
        }
    }

    /// The models whose absence moves each growth most.
    pub(super) fn influences(&self) -> ReportPart<'_> {
        let by = self.measure.by.heading;
        let columns = [
            Heading::new("without", "Without", Kind::Word, 0),
            Heading::new("announced", "Announced", Kind::Month, 2),
            Heading {
                drop_order: 3,
                ..by
            },
            Heading::new("growth_per_year", "Growth per year", Kind::Number, 0),
            Heading::new("residual", "Residual", Kind::Word, 4),
        ];
        let rows = self.shown().iter().flat_map(|own| {
            own.influential.iter().map(move |(_, model, influence)| {
                let growth = influence.growth.map(portable);
                let over_line = influence.over_line.map(portable);
                let row = vec![
                    NAME.marked(model),
                    ANNOUNCED.marked(model),
                    self.measure.value(model),
                    growth.map_or(Value::shown(NO_RATE, Value::Missing), |own| {
                        Value::shown(factor(own), number(own))
                    }),
                    over_line.map_or(Value::Missing, |own| {
                        Value::shown(residual(own), number(own))
                    }),
                ];
                (own, row)
            })
        });
        self.part(columns.map(SheetColumn::from), rows)
    }
}

fn number(number: f64) -> Value<'static> {
    match number.is_finite() {
        true => Value::Number(portable(number)),
        false => Value::Missing,
    }
}

/// A fit in figures, from its growth to its R².
fn figures(fit: &Fit) -> Vec<Value<'static>> {
    let ratio = |ratio| Value::shown(factor(ratio), number(ratio));
    let growth = fit.growth();
    let months = fit.doubling_months();
    let none = Interval::new(f64::NAN, f64::NAN, f64::NAN);
    let (verb, doubling, halving) = match fit.is_growing() {
        true => ("", months, none),
        false => ("halves in ", none, months),
    };
    let time = format!("{verb}{} months", three(months.mid));
    let r2 = |r2| Value::shown(format!("{r2:.2}"), number(r2));
    vec![
        ratio(growth.mid),
        text(format!("{} to {}", factor(growth.low), factor(growth.high))),
        ratio(growth.low),
        ratio(growth.high),
        Value::shown(time, number(doubling.mid)),
        text(format!("{} to {}", three(months.low), three(months.high))),
        number(doubling.low),
        number(doubling.high),
        number(halving.mid),
        number(halving.low),
        number(halving.high),
        fit.r2.map_or(Value::Missing, r2),
    ]
}

fn text(text: String) -> Value<'static> {
    Value::Text(text.into())
}

/// How far a point is from the line through the others.
fn residual(over: f64) -> String {
    match over >= 1.0 {
        true => format!("{} above", factor(over)),
        false => format!("{} below", factor(1.0 / over)),
    }
}
