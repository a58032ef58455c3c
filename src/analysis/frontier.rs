//! The frontier: who held a record, when it was taken and how long it stood.

use crate::model::month::Month;
use crate::model::value::by_letters;

/// A figure that was reached in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point<'a> {
    /// When.
    pub month: Month,
    /// How much.
    pub value: f64,
    /// By whom.
    pub name: &'a str,
}

/// A record, told by the places of points in the list that was asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Holder {
    /// Who took it.
    pub place: usize,
    /// Over the record before, if there was one and the factor is a number.
    pub factor: Option<f64>,
    /// For how many months it stood, or has stood so far.
    pub months: i32,
    /// Who took it away; nobody while it stands.
    pub lost_to: Option<usize>,
    /// Who reached the same in the same month, later by name.
    pub tied: Vec<usize>,
}

/// The records in order of time; the last one is counted until `until`.
///
/// Within a month the largest value takes the record, and the others of that month never held
/// it. Of equal values in a month the first by name does; an equal value of a later month takes
/// nothing.
pub(crate) fn holders(points: &[Point<'_>], until: Month) -> Vec<Holder> {
    let mut holders: Vec<Holder> = Vec::new();
    for place in in_time(points) {
        let point = &points[place];
        let mut factor = None;
        if let Some(last) = holders.last_mut() {
            let before = &points[last.place];
            if point.value == before.value && point.month == before.month {
                last.tied.push(place);
            }
            if point.value <= before.value {
                continue;
            }
            last.months = point.month.months_since(before.month);
            last.lost_to = Some(place);
            factor = Some(point.value / before.value).filter(|factor| factor.is_finite());
        }
        holders.push(Holder {
            place,
            factor,
            // A month after the last one that counts has not begun.
            months: until.months_since(point.month).max(0),
            lost_to: None,
            tied: Vec::new(),
        });
    }
    holders
}

/// How many of the records were taken before a month; of none, 0.
pub(crate) fn taken_before(
    holders: &[Holder],
    points: &[Point<'_>],
    month: Option<Month>,
) -> usize {
    holders.partition_point(|holder| Some(points[holder.place].month) < month)
}

/// Who reached a value first; of one month, whoever reached most.
pub(crate) fn first(points: &[Point<'_>], value: f64) -> Option<usize> {
    let mut places = in_time(points).into_iter();
    places.find(|&place| points[place].value >= value)
}

/// The places by month, then the largest first, then by name.
fn in_time(points: &[Point<'_>]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..points.len()).collect();
    places.sort_by(|&a, &b| {
        let (a, b) = (&points[a], &points[b]);
        let value = || b.value.total_cmp(&a.value);
        let name = || by_letters(a.name, b.name);
        a.month.cmp(&b.month).then_with(value).then_with(name)
    });
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    fn points<'a>(rows: &[(&str, f64, &'a str)]) -> Vec<Point<'a>> {
        let point = |&(text, value, name): &(&str, f64, &'a str)| Point {
            month: month(text),
            value,
            name,
        };
        rows.iter().map(point).collect()
    }

    /// Name, months and loss of each holder until the end of 2022.
    fn told<'a>(points: &[Point<'a>]) -> Vec<(&'a str, i32, Option<&'a str>)> {
        let name = |place: usize| points[place].name;
        let holders = holders(points, month("2022-12"));
        let told = |h: &Holder| (name(h.place), h.months, h.lost_to.map(name));
        holders.iter().map(told).collect()
    }

    #[test]
    fn each_record_is_lost_to_the_next() {
        let points = points(&[
            ("2022-02", 40.0, "c"),
            ("2020-01", 10.0, "a"),
            ("2020-12", 20.0, "b"),
            ("2021-05", 15.0, "less"),
        ]);
        assert_eq!(
            told(&points),
            [("a", 11, Some("b")), ("b", 14, Some("c")), ("c", 10, None)]
        );
        let factors = holders(&points, month("2022-12"));
        let factors: Vec<Option<f64>> = factors.iter().map(|holder| holder.factor).collect();
        assert_eq!(factors, [None, Some(2.0), Some(2.0)]);
    }

    #[test]
    fn the_largest_of_a_month_takes_the_record() {
        let points = points(&[
            ("2020-01", 10.0, "a"),
            ("2020-12", 20.0, "b"),
            ("2020-12", 30.0, "c"),
        ]);
        assert_eq!(told(&points), [("a", 11, Some("c")), ("c", 24, None)]);
    }

    #[test]
    fn an_equal_value_takes_nothing() {
        let points = points(&[("2020-01", 10.0, "z"), ("2020-02", 10.0, "a")]);
        assert_eq!(told(&points), [("z", 35, None)]);
        assert!(holders(&points, month("2022-12"))[0].tied.is_empty());
    }

    #[test]
    fn equal_values_of_a_month_go_by_name() {
        let points = points(&[
            ("2020-01", 10.0, "b"),
            ("2020-01", 10.0, "C"),
            ("2020-01", 10.0, "a"),
            ("2020-01", 9.0, "0"),
        ]);
        assert_eq!(told(&points), [("a", 35, None)]);
        assert_eq!(holders(&points, month("2022-12"))[0].tied, [0, 1]);
    }

    #[test]
    fn no_points_have_no_holders() {
        assert!(holders(&[], month("2022-12")).is_empty());
        assert_eq!(first(&[], 1.0), None);
    }

    #[test]
    fn a_record_has_stood_for_no_less_than_no_time() {
        assert_eq!(told(&points(&[("2023-04", 1.0, "a")])), [("a", 0, None)]);
    }

    #[test]
    fn the_earliest_that_reached_it_is_the_first() {
        let points = points(&[
            ("2021-03", 90.0, "late"),
            ("2020-05", 50.0, "b"),
            ("2020-05", 60.0, "c"),
            ("2020-01", 49.0, "little"),
        ]);
        assert_eq!(first(&points, 50.0), Some(2));
        assert_eq!(first(&points, 90.0), Some(0));
        assert_eq!(first(&points, 91.0), None);
    }
}
