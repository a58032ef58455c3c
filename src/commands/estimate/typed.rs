//! What can be typed for the flags of a run.

use crate::quantity::Unit;

/// Things.
pub fn count(text: &str) -> Result<f64, String> {
    Unit::Count.parse(text).map_err(|bad| bad.to_string())
}

/// Floating-point operations.
pub fn flop(text: &str) -> Result<f64, String> {
    Unit::Flop.parse(text).map_err(|bad| bad.to_string())
}

/// US dollars.
pub fn dollars(text: &str) -> Result<f64, String> {
    Unit::Usd.parse(text).map_err(|bad| bad.to_string())
}

/// Things that come whole.
pub fn whole(text: &str) -> Result<f64, String> {
    let whole = count(text).ok().filter(|number| number.fract() == 0.0);
    whole.ok_or_else(|| "expected a whole number of chips, such as `1024`".to_owned())
}

/// A share of the peak.
pub fn share(text: &str) -> Result<f64, String> {
    match Unit::Ratio.parse(text).map_err(|bad| bad.to_string())? {
        share if share <= 1.0 => Ok(share),
        _ => Err(
            "no run does more than its chips can; expected a share of the peak such as \
                  `0.4` or `40%`"
                .to_owned(),
        ),
    }
}

/// Energy of a data centre over that of its chips.
pub fn effectiveness(text: &str) -> Result<f64, String> {
    match Unit::Ratio.parse(text).map_err(|bad| bad.to_string())? {
        factor if factor >= 1.0 => Ok(factor),
        _ => Err(
            "no data centre takes less than its chips; expected a factor such as `1.1`".to_owned(),
        ),
    }
}
