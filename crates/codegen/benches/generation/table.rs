//! Formats the results as a table.

use std::fmt::Write as _;

use crate::measure::Row;

pub(crate) fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "operations   ours ms  progenitor ms  ratio  format ours  format progenitor   \
         ours bytes  progenitor bytes  bytes ratio  document\n",
    );
    for row in rows {
        let [ours, progenitor, our_layout, progenitor_layout] =
            [row.ours, row.progenitor, row.our_layout, row.progenitor_layout].map(|time| time.as_secs_f64() * 1e3);
        let _ = writeln!(
            text,
            "{:>10} {ours:>9.1} {progenitor:>14.1} {:>6.2} {our_layout:>12.1} {progenitor_layout:>18.1} {:>12} {:>17} \
             {:>12.2}  {}",
            row.operations,
            ours / progenitor,
            row.our_bytes,
            row.progenitor_bytes,
            row.our_bytes as f64 / row.progenitor_bytes as f64,
            row.name
        );
    }
    let ours = exponent(rows.iter().map(|row| (row.operations as f64, row.ours.as_secs_f64())));
    let progenitor = exponent(rows.iter().map(|row| (row.operations as f64, row.progenitor.as_secs_f64())));
    if let (Some(ours), Some(progenitor)) = (ours, progenitor) {
        let _ = writeln!(
            text,
            "time grows with the number of operations to the power of: ours {ours:.2}, progenitor {progenitor:.2}"
        );
    }
    text
}

/// Returns the exponent of the best power-law fit: the slope of a linear regression on logarithms.
fn exponent(points: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let points: Vec<_> = points.map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (mean_x, mean_y) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    (spread > 0.0).then(|| points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum::<f64>() / spread)
}
