//! A button between pin 14 and 3.3 V switches pin 4 on and off. Each press is counted in memory cell 0.
#![no_std]
#![no_main]

const BUTTON: i32 = 14;
const OUTPUT: i32 = 4;
const COUNT: i32 = 0;

// Contacts bounce for a few milliseconds: what is looked at less often sees one press.
const PERIOD_MS: i32 = 30;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

#[no_mangle]
pub extern "C" fn _start() {
    let mut was_pressed = false;
    let mut is_on = false;
    pico::log("press the button");
    while !pico::stop_requested() {
        let is_pressed = match pico::pin_read(BUTTON) {
            Ok(level) => level,
            Err(_) => fail("pin 14 can not be read"),
        };
        if is_pressed && !was_pressed {
            is_on = !is_on;
            if pico::pin_write(OUTPUT, is_on).is_err() {
                fail("pin 4 can not be written");
            }
            count();
            pico::log(if is_on { "on" } else { "off" });
        }
        was_pressed = is_pressed;
        pico::sleep_ms(PERIOD_MS);
    }
    let _ = pico::pin_write(OUTPUT, false);
}

fn count() {
    if let Ok(presses) = pico::cell_read(COUNT) {
        let _ = pico::cell_write(COUNT, presses.wrapping_add(1));
    }
}

fn fail(why: &str) -> ! {
    pico::log(why);
    core::arch::wasm32::unreachable()
}
