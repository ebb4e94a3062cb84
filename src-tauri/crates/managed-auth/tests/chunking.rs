//! Streams made of everything that has a meaning, in any order: cut anywhere they give what the
//! whole gives, and what another implementation gives.

#[path = "../fuzz/property.rs"]
mod property;

use std::{fs, path::Path};

use managed_auth::{Decoded, Decoder};
use property::split_equals_whole;
use proptest::{collection::vec, prelude::*, sample::select};
use sse_core::{SseDecoder, SseEvent};

/// The bytes on which a decoder's way can part.
const PARTS: &[&[u8]] = &[
    b"\n",
    b"\n",
    b"\r",
    b"\r",
    b"\r\n",
    b"\r\n",
    b"\n\n",
    b":",
    b": ",
    b" ",
    b"\t",
    b"\0",
    b"a",
    b"7",
    b"99999999999",
    b"data",
    b"data:",
    b"data: ",
    b"data: x\n",
    b"event",
    b"event: t",
    b"id",
    b"id: 1",
    b"retry",
    b"retry: 5",
    b"dat",
    b"unknown: x",
    b"\xEF\xBB\xBF",
    b"\xEF",
    b"\xBB",
    b"\xBF",
    b"\xFF",
    b"\xC3",
    b"\xA4",
    b"\xE2\x82",
    b"\xF0\x9F\x98\x80",
    b"\xC0\x8A",
    b"\xED\xA0\x80",
];

fn stream() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        9 => select(PARTS).prop_map(<[u8]>::to_vec),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
    ];
    vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_gives_what_the_whole_gives(stream in stream(), bound in 0_u8..16) {
        split_equals_whole(&[&[bound], &stream[..]].concat());
    }

    #[test]
    fn any_bytes_give_the_same_whole_and_split(bytes in vec(any::<u8>(), 0..300)) {
        split_equals_whole(&bytes);
    }

    #[test]
    fn sse_core_gives_the_same(stream in stream(), cut in any::<prop::sample::Index>()) {
        let cut = cut.index(stream.len() + 1);
        let mut decoder = Decoder::default();
        let mut ours = decoder.push(&stream[..cut]);
        ours.extend(decoder.push(&stream[cut..]));
        let ours: Vec<_> = ours.into_iter().filter_map(plain).collect();
        prop_assert_eq!(ours, by_sse_core(&stream));
    }
}

#[test]
fn the_corpus_of_the_fuzz_target_holds() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/split_equals_whole");
    let mut files = 0;
    for file in fs::read_dir(corpus).expect("the corpus is committed") {
        let data =
            fs::read(file.expect("the folder can be listed").path()).expect("the file can be read");
        split_equals_whole(&data);
        files += 1;
    }
    assert!(files >= 5);
}

/// What both implementations say, in a form that can be compared: type, data and id of an event,
/// or the milliseconds of a pause.
type Plain = Result<(String, String, String), u128>;

fn plain(decoded: Decoded) -> Option<Plain> {
    match decoded {
        Decoded::Event(event) => Some(Ok((event.event, event.data, event.id))),
        Decoded::Retry(pause) => Some(Err(pause.as_millis())).filter(is_sensible),
        Decoded::TooLarge => panic!("no stream of this test is that large"),
    }
}

fn by_sse_core(mut stream: &[u8]) -> Vec<Plain> {
    let mut decoder = SseDecoder::new();
    let mut all = Vec::new();
    while let Some(event) = decoder.next(&mut stream) {
        all.push(match event.expect("no stream of this test is that large") {
            SseEvent::Message(message) => {
                let id = message.last_event_id.as_deref().unwrap_or_default();
                Ok((message.event.into_owned(), message.data, id.to_owned()))
            }
            SseEvent::Retry(milliseconds) => Err(milliseconds.into()),
        });
    }
    all.into_iter().filter(is_sensible).collect()
}

/// Leaves out absurd pauses: one implementation clamps them and the other ignores them.
fn is_sensible(plain: &Plain) -> bool {
    !matches!(plain, Err(86_400_000..))
}
