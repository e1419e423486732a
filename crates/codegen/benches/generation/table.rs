//! The figures, as a person reads them.

use std::fmt::Write as _;

use crate::measure::Row;

pub(crate) fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "operations   ours ms    raw ms  ratio  layout ours  layout raw   ours bytes    raw bytes  bytes ratio  \
         document\n",
    );
    for row in rows {
        let [ours, raw, our_layout, raw_layout] =
            [row.ours, row.raw, row.our_layout, row.raw_layout].map(|time| time.as_secs_f64() * 1e3);
        let _ = writeln!(
            text,
            "{:>10} {ours:>9.1} {raw:>9.1} {:>6.2} {our_layout:>12.1} {raw_layout:>11.1} {:>12} {:>12} {:>12.2}  {}",
            row.operations,
            ours / raw,
            row.our_bytes,
            row.raw_bytes,
            row.our_bytes as f64 / row.raw_bytes as f64,
            row.name
        );
    }
    let ours = exponent(rows.iter().map(|row| (row.operations as f64, row.ours.as_secs_f64())));
    let raw = exponent(rows.iter().map(|row| (row.operations as f64, row.raw.as_secs_f64())));
    if let (Some(ours), Some(raw)) = (ours, raw) {
        let _ =
            writeln!(text, "time grows with the number of operations to the power of: ours {ours:.2}, raw {raw:.2}");
    }
    text
}

/// The slope of the straight line through the logarithms that fits best.
fn exponent(points: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let points: Vec<_> = points.map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (mean_x, mean_y) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    (spread > 0.0).then(|| points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum::<f64>() / spread)
}
