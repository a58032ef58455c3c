//! The arithmetic that ties the figures of a training run together.
//!
//! Nothing here knows of catalogs, commands or tables: numbers in, numbers out, each in the unit
//! that its name says.

use std::ops::{Div, Mul};

/// A number that is known within bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Interval {
    /// The minimum that the assumptions allow.
    pub low: f64,
    /// The likeliest.
    pub mid: f64,
    /// The maximum that the assumptions allow.
    pub high: f64,
}

/// What is assumed where a run has no figure, with its spread and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Assumption {
    /// What it is.
    pub name: &'static str,
    /// The value and its spread.
    pub value: Interval,
    /// Where it comes from.
    pub source: &'static str,
}

/// Share of the peak that a large run reaches: GPT-3 21 %, Gopher 33 %, MT-NLG 30 %, PaLM 46 %.
pub(crate) const UTILIZATION: Assumption = Assumption {
    name: "utilization",
    value: Interval::new(0.2, 0.4, 0.55),
    source: "https://arxiv.org/abs/2204.02311",
};

/// Energy of the data center over that of the chips, as the LLaMA paper assumes it; new
/// data centers come near 1.05, the average is 1.5.
pub(crate) const PUE: Assumption = Assumption {
    name: "power usage effectiveness",
    value: Interval::new(1.05, 1.1, 1.5),
    source: "https://arxiv.org/abs/2302.13971",
};

/// Operations per parameter and token: two forward, four backward. Attention and embeddings move it
/// by up to a quarter either way at common sizes.
pub(crate) const OPERATIONS: Assumption = Assumption {
    name: "operations per parameter and token",
    value: Interval::new(4.8, 6.0, 7.5),
    source: "https://arxiv.org/abs/2001.08361",
};

/// Tokens per parameter of a run that makes the best use of its compute.
pub(crate) const TOKENS_PER_PARAM: Assumption = Assumption {
    name: "tokens per parameter",
    value: Interval::new(10.0, 20.0, 40.0),
    source: "https://arxiv.org/abs/2203.15556",
};

/// Power that a chip draws in training over its thermal design power.
pub(crate) const DRAW: Assumption = Assumption {
    name: "power drawn over design power",
    value: Interval::new(0.7, 1.0, 1.0),
    source: "https://arxiv.org/abs/2211.02001",
};

impl Interval {
    /// A number within bounds.
    pub(crate) const fn new(low: f64, mid: f64, high: f64) -> Interval {
        Interval { low, mid, high }
    }

    /// A number and what is within reach of it on both sides.
    pub(crate) fn around(mid: f64, reach: f64) -> Interval {
        Interval::new(mid - reach, mid, mid + reach)
    }

    /// The numbers whose decimal logarithms these are.
    pub(crate) fn powers(self) -> Interval {
        let [low, mid, high] = [self.low, self.mid, self.high].map(|log| 10f64.powf(log));
        Interval::new(low, mid, high)
    }

    /// Whether a number is outside of it.
    pub(crate) fn excludes(self, number: f64) -> bool {
        self.low > number || self.high < number
    }

    /// Whether it is a positive number, and neither rounded to 0 nor beyond all numbers.
    pub(crate) fn is_figure(self) -> bool {
        let ends = [self.low, self.mid, self.high];
        ends.iter().all(|end| end.is_finite() && *end > 0.0)
    }

    fn sqrt(self) -> Interval {
        Interval::new(self.low.sqrt(), self.mid.sqrt(), self.high.sqrt())
    }
}

/// A number without spread.
impl From<f64> for Interval {
    fn from(value: f64) -> Interval {
        Interval::new(value, value, value)
    }
}

/// The product of two positive numbers.
impl<T: Into<Interval>> Mul<T> for Interval {
    type Output = Interval;

    fn mul(self, other: T) -> Interval {
        let Interval { low, mid, high } = other.into();
        Interval::new(self.low * low, self.mid * mid, self.high * high)
    }
}

/// The quotient of two positive numbers.
impl<T: Into<Interval>> Div<T> for Interval {
    type Output = Interval;

    fn div(self, other: T) -> Interval {
        let Interval { low, mid, high } = other.into();
        Interval::new(self.low / high, self.mid / mid, self.high / low)
    }
}

/// Training compute in FLOP: C = 6 · N · D, N the parameters that take part in each step, D the
/// tokens seen, repetitions included. Kaplan et al. 2020, <https://arxiv.org/abs/2001.08361>.
pub(crate) fn training_flop(active_params: impl Into<Interval>, tokens_seen: Interval) -> Interval {
    active_params.into() * tokens_seen * OPERATIONS.value
}

/// The tokens that so much compute feeds to so many parameters, or the parameters to which it
/// feeds so many tokens: C ÷ 6N or C ÷ 6D, the same relation solved for either.
pub(crate) fn other_factor(flop: Interval, factor: Interval) -> Interval {
    flop / (OPERATIONS.value * factor)
}

/// Tokens per parameter: D ÷ N, N all parameters.
pub(crate) fn tokens_per_param(tokens: Interval, params: Interval) -> Interval {
    tokens / params
}

/// Share of the peak that a run reached: C ÷ (chip-hours · 3600 · peak FLOP/s).
/// Chowdhery et al. 2022 (PaLM), appendix B, <https://arxiv.org/abs/2204.02311>.
pub(crate) fn utilization(flop: Interval, chip_hours: Interval, peak_flops: f64) -> Interval {
    flop / (chip_hours * 3600.0 * peak_flops)
}

/// Chip-hours that a run takes: C ÷ (3600 · peak FLOP/s · utilization), the same relation solved
/// for time.
pub(crate) fn chip_hours_needed(
    flop: Interval,
    peak_flops: Interval,
    utilization: Interval,
) -> Interval {
    flop / (utilization * (peak_flops * 3600.0))
}

/// Compute in FLOP that chips do in so many chip-hours: chip-hours · 3600 · peak FLOP/s ·
/// utilization, the same relation solved for compute.
pub(crate) fn flop_done(
    chip_hours: Interval,
    peak_flops: Interval,
    utilization: Interval,
) -> Interval {
    chip_hours * (utilization * (peak_flops * 3600.0))
}

/// Chip-hours of chips that all run for so many days: count · days · 24.
pub(crate) fn chip_hours(count: f64, days: f64) -> f64 {
    count * days * 24.0
}

/// Days that so many chips take together: chip-hours ÷ (count · 24).
pub(crate) fn days(chip_hours: Interval, count: Interval) -> Interval {
    chip_hours / (count * 24.0)
}

/// Cost in US dollars: chip-hours · price of an hour of one chip.
pub(crate) fn cost(chip_hours: Interval, usd_per_chip_hour: Interval) -> Interval {
    chip_hours * usd_per_chip_hour
}

/// Chip-hours that money buys, the same relation solved for hours.
pub(crate) fn chip_hours_bought(usd: Interval, usd_per_chip_hour: Interval) -> Interval {
    usd / usd_per_chip_hour
}

/// Energy in megawatt-hours: chip-hours · design power in watts · draw · PUE ÷ 1e6. With a draw of
/// 1 it is the formula of Touvron et al. 2023 (LLaMA), section 6, <https://arxiv.org/abs/2302.13971>.
pub(crate) fn energy_mwh(chip_hours: Interval, tdp_w: Interval, pue: Interval) -> Interval {
    chip_hours * tdp_w * DRAW.value * pue * 1e-6
}

/// Memory for the weights in bytes: two per parameter, a 16-bit number, all experts included.
pub(crate) fn weights_bytes(params: Interval) -> Interval {
    params * 2.0
}

/// The parameters of the model that makes the best use of so much compute: C = 6 · N · kN, so
/// N = √(C ÷ 6k), k tokens per parameter. Hoffmann et al. 2022, <https://arxiv.org/abs/2203.15556>.
pub(crate) fn best_params(flop: Interval, tokens_per_param: Interval) -> Interval {
    (flop / (OPERATIONS.value * tokens_per_param)).sqrt()
}

/// The tokens of that model: C = 6 · (D ÷ k) · D, so D = √(Ck ÷ 6), in tokens. The same source.
pub(crate) fn best_tokens(flop: Interval, tokens_per_param: Interval) -> Interval {
    (flop * tokens_per_param / OPERATIONS.value).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published figures are printed with two or three digits.
    #[track_caller]
    fn near(value: f64, published: f64, tolerance: f64) {
        let off = (value / published - 1.0).abs();
        assert!(off <= tolerance, "{value:e} is not {published:e}");
    }

    #[test]
    fn gpt_3_took_3_14e23_operations() {
        // 174.6e9 parameters, 300e9 tokens: table D.1 of arXiv 2005.14165.
        near(
            training_flop(174.6e9, Interval::from(300e9)).mid,
            3.14e23,
            0.005,
        );
    }

    #[test]
    fn palm_took_2_5e24_operations_at_46_percent() {
        near(
            training_flop(540.35e9, Interval::from(780e9)).mid,
            2.5e24,
            0.02,
        );
        // 6144 chips for 1,200 hours and 3072 for 336, 275 TFLOP/s each; 46.2 % at the larger
        // size: table 3 and appendix B of arXiv 2204.02311.
        let hours = 6144.0 * 1200.0 + 3072.0 * 336.0;
        near(hours, 8_404_992.0, 0.0);
        let flop = training_flop(540.35e9, Interval::from(780e9));
        let reached = utilization(flop, hours.into(), 275e12).mid;
        assert!((0.29..0.47).contains(&reached), "{reached}");
    }

    #[test]
    fn palm_says_that_it_reached_45_7_percent_without_attention() {
        // 238,300 tokens a second on 6144 chips of 275 TFLOP/s: section 4.1 of arXiv 2204.02311.
        let flop = training_flop(540.35e9, Interval::from(238.3e3 * 3600.0));
        near(utilization(flop, 6144.0.into(), 275e12).mid, 0.457, 0.005);
    }

    #[test]
    fn llama_took_a_million_hours_and_449_megawatt_hours() {
        // Table 15 of arXiv 2302.13971: 1,022,362 GPU-hours of 400 W at a PUE of 1.1.
        near(chip_hours(2048.0, 21.0), 1_022_362.0, 0.01);
        let energy = energy_mwh(1_022_362.0.into(), 400.0.into(), PUE.value);
        near(energy.mid, 449.0, 0.005);
        assert!(energy.low < energy.mid && energy.mid < energy.high);
    }

    #[test]
    fn chinchilla_has_20_tokens_a_parameter() {
        // 70e9 parameters and 1.4e12 tokens for 5.76e23 operations: arXiv 2203.15556.
        near(
            training_flop(70e9, Interval::from(1.4e12)).mid,
            5.88e23,
            0.001,
        );
        let flop = Interval::from(5.88e23);
        let params = best_params(flop, TOKENS_PER_PARAM.value);
        let tokens = best_tokens(flop, TOKENS_PER_PARAM.value);
        near(params.mid, 70e9, 0.001);
        near(tokens.mid, 1.4e12, 0.001);
        assert!(params.low < params.mid && params.mid < params.high);
        near(other_factor(flop, 70e9.into()).mid, 1.4e12, 0.001);
        near(other_factor(flop, 1.4e12.into()).mid, 70e9, 0.001);
    }

    #[test]
    fn xlnet_cost_61440_dollars() {
        // 512 chips in devices of four, $8 an hour each, for 2.5 days.
        let hours = chip_hours(512.0, 2.5);
        near(cost(hours.into(), (8.0 / 4.0).into()).mid, 61_440.0, 0.0);
    }

    #[test]
    fn bert_cost_7000_dollars() {
        // 16 devices of $4.50 an hour for 4 days.
        let hours = chip_hours(16.0, 4.0);
        near(cost(hours.into(), 4.5.into()).mid, 7_000.0, 0.02);
    }

    #[test]
    fn megatron_trains_gpt_3_in_34_days() {
        // 1024 A100 at 140 TFLOP/s, 8 · 300e9 · 175e9 operations with what is computed twice:
        // section 5.1 of arXiv 2104.04473.
        let reached = Interval::from(140.0 / 312.0);
        let flop = Interval::from(8.0 * 300e9 * 175e9);
        let hours = chip_hours_needed(flop, 312e12.into(), reached);
        near(days(hours, 1024.0.into()).mid, 34.0, 0.01);
        let hours = Interval::from(chip_hours(1024.0, 34.0));
        near(flop_done(hours, 312e12.into(), reached).mid, flop.mid, 0.01);
        near(
            chip_hours_bought(61_440.0.into(), 2.0.into()).mid,
            30_720.0,
            0.0,
        );
    }

    #[test]
    fn hours_needed_invert_the_utilization() {
        let hours = chip_hours_needed(1e21.into(), 312e12.into(), 0.5.into());
        near(utilization(1e21.into(), hours, 312e12).mid, 0.5, 1e-12);
        let spread = chip_hours_needed(
            training_flop(1e9, Interval::from(2e10)),
            312e12.into(),
            UTILIZATION.value,
        );
        assert!(spread.low < spread.mid && spread.mid < spread.high);
    }
}
