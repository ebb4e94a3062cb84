//! Reads an event stream on standard input and prints each event as one line of JSON.
//!
//! ```text
//! printf 'data: hello\n\n' | cargo run -p managed-auth --example decode
//! {"event":"message","data":"hello","id":""}
//! ```

use std::{
    io::{self, Read, Write},
    num::NonZeroUsize,
};

use clap::Parser;
use managed_auth::{DEFAULT_MAX_EVENT, Decoded, Decoder, RawEvent};
use serde::Serialize;

/// Reads an event stream on standard input and prints each event as one line of JSON.
#[derive(Parser)]
struct Arguments {
    /// Decode in pieces of this many bytes instead of as they are read.
    #[arg(long, value_name = "N")]
    chunk: Option<NonZeroUsize>,
    /// Drop an event whose data, type or id is longer than this.
    #[arg(long, value_name = "BYTES", default_value_t = DEFAULT_MAX_EVENT)]
    max_event: usize,
}

/// One line of the output.
#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Event {
        event: String,
        data: String,
        id: String,
    },
    Dropped {
        error: &'static str,
    },
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let mut decoder = Decoder::new(arguments.max_event);
    let mut input = io::stdin().lock();
    let mut output = io::stdout().lock();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = match input.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let chunk = arguments.chunk.map_or(length, NonZeroUsize::get);
        for piece in buffer[..length].chunks(chunk) {
            for line in decoder.push(piece).into_iter().filter_map(line) {
                serde_json::to_writer(&mut output, &line)?;
                output.write_all(b"\n")?;
                // Whoever reads along sees an event before the next byte arrives.
                output.flush()?;
            }
        }
    }
}

fn line(decoded: Decoded) -> Option<Line> {
    match decoded {
        Decoded::Event(RawEvent { event, data, id }) => Some(Line::Event { event, data, id }),
        Decoded::TooLarge => Some(Line::Dropped {
            error: "event_too_large",
        }),
        // A pause before reconnecting is no event.
        Decoded::Retry(_) => None,
    }
}
