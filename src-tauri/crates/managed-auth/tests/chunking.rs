//! Streams made of everything that has a meaning, in any order: cut anywhere they give what the
//! whole gives, and what another implementation gives.

#[path = "../fuzz/decoders.rs"]
mod decoders;
#[path = "../fuzz/property.rs"]
mod property;

use decoders::another_decoder_agrees;
use property::split_equals_whole;
use proptest::{collection::vec, prelude::*, sample::select};

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
    fn sse_core_gives_the_same(stream in stream(), bound in 0_u8..16, size in 0_u8..20) {
        another_decoder_agrees(&[&[bound, size], &stream[..]].concat());
    }
}
