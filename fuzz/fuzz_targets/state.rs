//! Any bytes where the device's files should be, also with a true checksum: it opens, steps and closes.
#![no_main]

use amends_core::{Config, Device, Event, MemoryFiles, Moment, Now, Seeded, Timed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let now = Now { monotonic: Moment::from_ms(5), unix_ms: 1_700_000_000_000 };
    let config = Config::default();
    for seal in [false, true] {
        let files = MemoryFiles::default();
        let content = if seal { sealed(data) } else { data.to_vec() };
        files.garble("state", content.clone());
        files.garble("batch-0000000000000001", content);
        let mut device = Device::open(config.clone(), Box::new(files), Box::new(Seeded::new(1)), now);
        let foreground = Timed { at: now.monotonic, event: Event::Foreground };
        drop(device.step(&[foreground], now));
        let later = Now { monotonic: Moment::from_ms(90_000_000), unix_ms: now.unix_ms + 90_000_000 };
        drop(device.step(&[], later));
        assert!(serde_json::from_str::<serde_json::Value>(&device.what_we_send()).is_ok());
    }
});

/// As the device seals its own files: a mark, a checksum, the content.
fn sealed(content: &[u8]) -> Vec<u8> {
    [b"AMD\x01", &crc32fast::hash(content).to_be_bytes()[..], content].concat()
}
