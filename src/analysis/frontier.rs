//! The frontier: which points set a record.

use crate::model::point::Point;

/// The records in order of time: of each, the points that reached it in its month, in the order in
/// which they are given.
///
/// Within a month the largest value takes the record, and the others of that month never held it.
/// An equal value of a later month takes nothing.
pub(crate) fn records(points: &[Point]) -> Vec<Vec<usize>> {
    let mut in_time: Vec<usize> = (0..points.len()).collect();
    in_time.sort_by(|&a, &b| {
        let (a, b) = (&points[a], &points[b]);
        a.month.cmp(&b.month).then(b.value.total_cmp(&a.value))
    });
    let mut records: Vec<Vec<usize>> = Vec::new();
    for index in in_time {
        match records.last_mut() {
            Some(tied) if points[index] == points[tied[0]] => tied.push(index),
            Some(tied) if points[index].value <= points[tied[0]].value => {}
            _ => records.push(vec![index]),
        }
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn case(list: &[(&str, f64)], expected: &[&[usize]]) {
        let point = |&(month, value): &(&str, f64)| Point {
            month: month.parse().expect("a month"),
            value,
        };
        let points: Vec<Point> = list.iter().map(point).collect();
        assert_eq!(records(&points), expected);
    }

    #[test]
    fn each_record_is_larger_than_the_one_before() {
        let unordered = [
            ("2022-02", 40.0),
            ("2020-01", 10.0),
            ("2020-12", 20.0),
            ("2021-05", 15.0),
        ];
        case(&unordered, &[&[1], &[2], &[0]]);
        case(&[], &[]);
    }

    #[test]
    fn the_largest_of_a_month_takes_the_record() {
        let points = [("2020-01", 10.0), ("2020-12", 20.0), ("2020-12", 30.0)];
        case(&points, &[&[0], &[2]]);
    }

    #[test]
    fn equal_values_tie_in_one_month_and_take_nothing_later() {
        let points = [
            ("2020-02", 10.0),
            ("2020-01", 10.0),
            ("2020-01", 9.0),
            ("2020-01", 10.0),
        ];
        case(&points, &[&[1, 3]]);
    }

    proptest! {
        #[test]
        fn a_point_sets_a_record_if_no_earlier_or_equally_early_one_beats_it(
            figures in prop::collection::vec((1i32..13, 0i32..12), 0..80),
        ) {
            let points: Vec<Point> = figures
                .iter()
                .map(|(month, value)| Point {
                    month: crate::model::month::Month::at(24_000 + month).expect("a month"),
                    value: f64::from(*value),
                })
                .collect();
            let holds = |point: &Point| points.iter().all(|other| {
                other.month > point.month
                    || other.value < point.value
                    || other == point
            });
            let expected: Vec<usize> = (0..points.len()).filter(|&i| holds(&points[i])).collect();
            let mut found: Vec<usize> = records(&points).into_iter().flatten().collect();
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
