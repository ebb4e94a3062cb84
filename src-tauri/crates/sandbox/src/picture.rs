//! The remote browser's window, drawn: what a live view shows.

use std::fmt::Write;

use crate::{
    flow::Flow,
    html::escape,
    scenario::{Choice, Field, Step},
};

const WIDTH: f32 = 960.0;
const HEIGHT: f32 = 640.0;
/// Where the page begins, below the window's own bar.
const TOP: f32 = 56.0;
/// The card in the middle of the site's page.
const CARD: f32 = 400.0;
/// As many characters as a line of the card holds.
const LINE: usize = 44;
/// The same, of bold ones.
const BOLD_LINE: usize = 36;

/// The window as SVG, `WIDTH` by `HEIGHT`.
pub(crate) fn draw(domain: &str, flow: &Flow) -> String {
    let mut card = Card::default();
    match flow.page() {
        None => card.heading("Loading…"),
        Some(step) => card.page(flow, step),
    }
    let address = match &flow.sso_provider {
        Some(provider) => format!("https://accounts.{provider}.example/signin"),
        None => format!("https://{domain}/login"),
    };
    window(
        &address,
        flow.state == "DISCOVERING" || flow.state == "SUBMITTING",
        &card,
    )
}

fn window(address: &str, busy: bool, card: &Card) -> String {
    let room = HEIGHT - TOP - 48.0;
    let scale = (room / (card.height + 64.0)).min(1.0);
    let left = (WIDTH - CARD * scale) / 2.0;
    let top = TOP + 24.0 + (room - (card.height + 64.0) * scale) / 2.0;
    let bar = if busy {
        format!(
            "<rect y=\"{}\" width=\"{}\" height=\"3\" fill=\"#2f6fbd\"/>",
            TOP - 3.0,
            WIDTH * 0.6
        )
    } else {
        String::new()
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         width=\"{WIDTH}\" height=\"{HEIGHT}\" font-family=\"system-ui, sans-serif\">\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"12\" fill=\"#e9e7e3\"/>\
         <circle cx=\"24\" cy=\"27\" r=\"6\" fill=\"#b5b0a8\"/>\
         <circle cx=\"44\" cy=\"27\" r=\"6\" fill=\"#b5b0a8\"/>\
         <circle cx=\"64\" cy=\"27\" r=\"6\" fill=\"#b5b0a8\"/>\
         <rect x=\"96\" y=\"11\" width=\"840\" height=\"32\" rx=\"16\" fill=\"#ffffff\"/>\
         <text x=\"116\" y=\"32\" font-size=\"14\" fill=\"#3d3a36\">{}</text>{bar}\
         <path d=\"M0 {TOP}H{WIDTH}V628a12 12 0 0 1-12 12H12a12 12 0 0 1-12-12Z\" fill=\"#f7f9fb\"/>\
         <g transform=\"translate({left} {top}) scale({scale})\">\
         <rect x=\"-32\" y=\"0\" width=\"{}\" height=\"{}\" rx=\"12\" fill=\"#ffffff\" stroke=\"#d9dee4\"/>\
         <g transform=\"translate(0 32)\">{}</g></g></svg>",
        escape(&cut(address, 96)),
        CARD + 64.0,
        card.height + 64.0,
        card.drawn,
    )
}

/// The site's page, drawn from top to bottom.
#[derive(Default)]
struct Card {
    drawn: String,
    height: f32,
}

impl Card {
    fn page(&mut self, flow: &Flow, step: &Step) {
        self.heading(if step.title.is_empty() {
            "Sign in"
        } else {
            &step.title
        });
        if let Some(words) = &flow.website_error {
            self.line(words, "#9b1c1c", 15);
        }
        if let Some(message) = &step.message {
            self.line(message, "#57534e", 15);
        }
        for field in &step.fields {
            self.field(field, flow);
        }
        if !step.fields.is_empty() {
            let busy = flow.state == "SUBMITTING";
            self.button(if busy { "Signing in…" } else { "Continue" }, true);
        }
        for choice in &step.choices {
            self.button(&text_of(choice), false);
        }
        if flow.state == "AWAITING_HUMAN_INTERVENTION" {
            self.puzzle();
        }
    }

    fn heading(&mut self, text: &str) {
        self.text(&cut(text, 32), 24, "#1f1d1b", "600", 28.0);
        self.height += 8.0;
    }

    fn line(&mut self, text: &str, colour: &str, size: u32) {
        self.text(&cut(text, LINE), size, colour, "400", 22.0);
        self.height += 6.0;
    }

    fn field(&mut self, field: &Field, flow: &Flow) {
        let label = field.label.as_deref().unwrap_or(&field.reference);
        self.text(&cut(label, LINE), 13, "#57534e", "600", 22.0);
        let typed = flow.typed.get(&field.reference).map_or("", String::as_str);
        let rejected = flow.rejected().contains(&field.reference);
        let edge = if rejected { "#9b1c1c" } else { "#8a857d" };
        let y = self.height + 4.0;
        let _ = write!(
            self.drawn,
            "<rect y=\"{y}\" width=\"{CARD}\" height=\"40\" rx=\"8\" fill=\"#ffffff\" stroke=\"{edge}\"/>\
             <text x=\"12\" y=\"{}\" font-size=\"15\" fill=\"#1f1d1b\">{}</text>",
            y + 26.0,
            escape(&cut(typed, LINE)),
        );
        self.height = y + 50.0;
    }

    fn button(&mut self, text: &str, main: bool) {
        let (fill, ink) = if main {
            ("#1d4f91", "#ffffff")
        } else {
            ("#ffffff", "#1f1d1b")
        };
        let y = self.height + 8.0;
        let _ = write!(
            self.drawn,
            "<rect y=\"{y}\" width=\"{CARD}\" height=\"40\" rx=\"8\" fill=\"{fill}\" stroke=\"#1d4f91\"/>\
             <text x=\"{}\" y=\"{}\" font-size=\"15\" font-weight=\"600\" fill=\"{ink}\" \
             text-anchor=\"middle\">{}</text>",
            CARD / 2.0,
            y + 26.0,
            escape(&cut(text, BOLD_LINE)),
        );
        self.height = y + 44.0;
    }

    /// Something that only a person can do.
    fn puzzle(&mut self) {
        self.line("Select every square with a traffic light", "#57534e", 15);
        let top = self.height + 4.0;
        for (index, fill) in [
            "#c9d3dc", "#aebfcd", "#d8dde2", "#b9c7b5", "#c9d3dc", "#8fa3b3", "#d8dde2", "#b9c7b5",
            "#aebfcd",
        ]
        .into_iter()
        .enumerate()
        {
            let (column, row) = (index % 3, index / 3);
            let _ = write!(
                self.drawn,
                "<rect x=\"{}\" y=\"{}\" width=\"128\" height=\"72\" rx=\"4\" fill=\"{fill}\"/>",
                column * 136,
                top + [0.0, 80.0, 160.0][row],
            );
        }
        self.height = top + 236.0;
    }

    fn text(&mut self, text: &str, size: u32, colour: &str, weight: &str, advance: f32) {
        self.height += advance;
        let _ = write!(
            self.drawn,
            "<text y=\"{}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{colour}\">{}</text>",
            self.height - 6.0,
            escape(text),
        );
    }
}

fn text_of(choice: &Choice) -> String {
    let text = if choice.label.is_empty() {
        &choice.id
    } else {
        &choice.label
    };
    match choice
        .masked_destination
        .as_ref()
        .or(choice.context.as_ref())
    {
        Some(more) => format!("{text} · {more}"),
        None => text.clone(),
    }
}

/// The text, no longer than fits.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
