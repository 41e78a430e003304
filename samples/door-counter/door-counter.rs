//! A contact between pin 14 and ground, closed while the door is: each opening is counted, and told as an Event.
#![no_std]
#![no_main]

use pico::Pull;

const CONTACT: i32 = 14;
const DEBOUNCE_MS: i32 = 50;

// How long one wait for the door takes at most.
const PERIOD_MS: i32 = 60_000;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

#[no_mangle]
pub extern "C" fn _start() {
    if pico::pin_watch(CONTACT, Pull::Up, DEBOUNCE_MS).is_err() {
        fail("pin 14 can not be watched");
    }

    let mut is_open = pico::pin_read(CONTACT).unwrap_or(false);
    let mut seen = 0;
    let _ = pico::counter_add("door_openings", 0);
    show(is_open);
    pico::log(if is_open { "the door is open" } else { "the door is closed" });
    while !pico::stop_requested() {
        if pico::pin_wait(CONTACT, PERIOD_MS).is_err() {
            fail("pin 14 can not be read");
        }

        // The board counts on while this program does something else: none is lost, and every second one is an opening.
        let edges = pico::pin_edges(CONTACT).unwrap_or(seen);
        let new = edges.wrapping_sub(seen) & i32::MAX;
        if new == 0 {
            continue;
        }

        let openings = (new + !is_open as i32) / 2;
        is_open ^= new % 2 != 0;
        seen = edges;
        show(is_open);
        if openings > 0 {
            let _ = pico::counter_add("door_openings", openings as i64 * 1000);
            let _ = pico::event("DoorOpened", "the door at pin 14 was opened");
        }
        pico::log(if is_open { "open" } else { "closed" });
    }
}

fn show(is_open: bool) {
    let _ = pico::gauge_set("door_open", if is_open { 1000 } else { 0 });
}

fn fail(why: &str) -> ! {
    pico::log(why);
    core::arch::wasm32::unreachable()
}
