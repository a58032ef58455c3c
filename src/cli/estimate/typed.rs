//! What can be typed for the flags of a run.

use crate::model::quantity::Unit;

/// Things.
pub(super) fn count(text: &str) -> Result<f64, String> {
    positive(Unit::Count, text)
}

/// Floating-point operations.
pub(super) fn flop(text: &str) -> Result<f64, String> {
    positive(Unit::Flop, text)
}

/// US dollars.
pub(super) fn dollars(text: &str) -> Result<f64, String> {
    positive(Unit::Usd, text)
}

/// Things that come whole.
pub(super) fn whole(text: &str) -> Result<f64, String> {
    let whole = count(text).ok().filter(|number| number.fract() == 0.0);
    whole.ok_or_else(|| "expected a whole number of chips, such as `1024`".to_owned())
}

/// A share of the peak.
pub(super) fn share(text: &str) -> Result<f64, String> {
    match positive(Unit::Ratio, text)? {
        share if share <= 1.0 => Ok(share),
        _ => Err(
            "no run does more than its chips can; expected a share of the peak such as \
                  `0.4` or `40%`"
                .to_owned(),
        ),
    }
}

/// Energy of a data centre over that of its chips.
pub(super) fn effectiveness(text: &str) -> Result<f64, String> {
    match positive(Unit::Ratio, text)? {
        factor if factor >= 1.0 => Ok(factor),
        _ => Err(
            "no data centre takes less than its chips; expected a factor such as `1.1`".to_owned(),
        ),
    }
}

/// What there is some of.
fn positive(unit: Unit, text: &str) -> Result<f64, String> {
    match unit.parse(text).map_err(|bad| bad.to_string())? {
        number if number > 0.0 => Ok(number),
        _ => Err("expected a number above 0".to_owned()),
    }
}
