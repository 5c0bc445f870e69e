//! An interval drawn as a bar with its estimate, on a scale with a line where nothing differs. Places are in per cent of the
//! width there is, so that type keeps its size.

use maud::{Markup, html};

/// A scale from left to right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub(super) from: f64,
    pub(super) to: f64,
    /// Whether equal factors are equally wide.
    pub(super) is_logarithmic: bool,
}

/// Where something stands on a scale, and what is written there.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) at: f64,
    pub(super) text: String,
}

impl Scale {
    /// The place of a value in per cent, cut to the scale.
    fn x(self, value: f64) -> f64 {
        let (from, to, value) = if self.is_logarithmic {
            (self.from.ln(), self.to.ln(), value.max(f64::MIN_POSITIVE).ln())
        } else {
            (self.from, self.to, value)
        };
        ((value - from) / (to - from)).clamp(0.0, 1.0) * 100.0
    }
}

/// The drawing. `words` say all of it; `zero` is where nothing differs.
pub(super) fn interval(
    scale: Scale,
    zero: f64,
    (low, estimate, high): (f64, Option<f64>, f64),
    marks: &[Mark],
    words: &str,
) -> Markup {
    let (left, right) = (scale.x(low), scale.x(high));
    let at = |value: f64| format!("{:.2}%", scale.x(value));
    html! {
        svg.interval height="74" role="img" aria-label=(words) {
            line.axis x1="0" y1="44" x2="100%" y2="44" {}
            @for mark in marks {
                line.tick x1=(at(mark.at)) y1="40" x2=(at(mark.at)) y2="48" {}
                text x=(at(mark.at)) y="66" text-anchor=(anchor(scale.x(mark.at))) { (mark.text) }
            }
            line.zero x1=(at(zero)) y1="4" x2=(at(zero)) y2="48" {}
            rect.range x=(at(low)) y="16" width=(format!("{:.2}%", (right - left).max(0.5))) height="14" rx="7" {}
            @if let Some(estimate) = estimate { circle.estimate cx=(at(estimate)) cy="23" r="9" {} }
        }
    }
}

fn anchor(x: f64) -> &'static str {
    if x < 5.0 {
        "start"
    } else if x > 95.0 {
        "end"
    } else {
        "middle"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_beyond_the_scale_stand_at_its_ends() {
        let scale = Scale { from: 0.25, to: 8.0, is_logarithmic: true };
        assert!(scale.x(0.0).abs() < 1e-9 && (scale.x(f64::INFINITY) - 100.0).abs() < 1e-9);
        assert!((scale.x(2.0_f64.sqrt()) - 50.0).abs() < 1e-9, "the middle of a logarithm");
        let linear = Scale { from: -10.0, to: 10.0, is_logarithmic: false };
        assert!((linear.x(0.0) - 50.0).abs() < 1e-9);
    }
}
