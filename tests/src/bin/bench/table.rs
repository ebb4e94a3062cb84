//! What was measured, in tables.

use std::fmt::Write;

use crate::{
    process::{Cost, tick_rate},
    sdk, usher,
};

/// Fewer clock ticks than that are too few for a ratio.
const FEW_TICKS: f64 = 20.0;

/// What was measured with so many flows; nothing where it could not be.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) flows: u32,
    pub(crate) usher: Option<usher::Measured>,
    pub(crate) node: Option<sdk::Measured>,
    pub(crate) python: Option<sdk::Measured>,
}

impl Row {
    pub(crate) fn is_whole(&self) -> bool {
        self.usher.is_some() && self.node.is_some() && self.python.is_some()
    }

    /// One figure of each process; the last two are the SDKs'.
    fn figures(&self, of: impl Fn(&Cost) -> f64) -> [Option<f64>; 5] {
        let usher = self.usher.as_ref();
        [
            usher.map(|usher| of(&usher.core)),
            usher.map(|usher| of(&usher.page)),
            usher.map(|usher| of(&usher.network)),
            self.node.as_ref().map(|node| of(&node.cost)),
            self.python.as_ref().map(|python| of(&python.cost)),
        ]
    }
}

/// The tables.
pub(crate) fn draw(rows: &[Row], window: f64) -> String {
    // Of a figure below this, the clock counts too few ticks.
    let least = 100.0 * FEW_TICKS / (window * tick_rate());
    let mut text = format!(
        "CPU in % of one core; one tick of the clock is {:.2} %",
        least / FEW_TICKS
    );
    text += &costs(rows, |cost| cost.cpu, 2, least);
    text += "\nMemory in MiB of PSS";
    text += &costs(rows, |cost| cost.pss, 1, 0.0);
    text += "\nMilliseconds from the server to where it is known: median / p99 / count\n";
    text += &line(["flows", "usher's page", "Node SDK", "Python SDK"]);
    for row in rows {
        text += &line([
            row.flows.to_string(),
            shown(row.usher.as_ref().map(|usher| &usher.delays)),
            shown(row.node.as_ref().map(|node| &node.delays)),
            shown(row.python.as_ref().map(|python| &python.delays)),
        ]);
    }
    text
}

fn costs(rows: &[Row], of: impl Fn(&Cost) -> f64, digits: usize, least: f64) -> String {
    let mut text = String::from("\n");
    text += &line([
        "flows",
        "usher",
        "page",
        "network",
        "Node SDK",
        "Python SDK",
        "usher÷Node",
        "usher÷Python",
        "all÷Node",
        "all÷Python",
    ]);
    for row in rows {
        let figures = row.figures(&of);
        let [usher, page, network, node, python] = figures;
        let all = usher.zip(page).zip(network);
        let all = all.map(|((usher, page), network)| usher + page + network);
        let mut cells = vec![row.flows.to_string()];
        let figure = |figure: Option<f64>| shown(figure.map(|figure| format!("{figure:.digits$}")));
        cells.extend(figures.map(figure));
        for (ours, theirs) in [(usher, node), (usher, python), (all, node), (all, python)] {
            let both = ours.zip(theirs);
            let both = both.filter(|(ours, theirs)| ours.min(*theirs) >= least);
            let ratio = both.map(|(ours, theirs)| format!("{:.2}", ours / theirs));
            cells.push(ratio.unwrap_or_else(|| "–".to_owned()));
        }
        text += &line(cells);
    }
    text
}

fn shown(what: Option<impl ToString>) -> String {
    what.map_or_else(|| "?".to_owned(), |what| what.to_string())
}

fn line(cells: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut text = String::new();
    for (place, cell) in cells.into_iter().enumerate() {
        let width = if place == 0 { 5 } else { 17 };
        let _ = write!(text, "{:>width$}", cell.as_ref());
    }
    text + "\n"
}
