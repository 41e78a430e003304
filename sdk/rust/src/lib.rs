//! The module `pico`: what a program on a board can do beside WASI. Without the standard library, so that programs stay small.
//! What it means: `../../README.md`.
#![no_std]

mod imports {
    #[link(wasm_import_module = "pico")]
    extern "C" {
        pub fn pin_write(pin: i32, is_high: i32) -> i32;
        pub fn pin_read(pin: i32) -> i32;
        pub fn led_write(is_on: i32) -> i32;
        pub fn cell_read(index: i32) -> i32;
        pub fn cell_write(index: i32, value: i32) -> i32;
        pub fn uptime_ms() -> i64;
        pub fn time_ms() -> i64;
        pub fn sleep_ms(milliseconds: i32);
        pub fn log(text: *const u8, bytes: usize);
        pub fn stop_requested() -> i32;
    }
}

/// Why something could not be done: WASI's number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Error(pub i32);

/// An argument is out of range.
pub const EINVAL: Error = Error(28);
/// The board's own function failed.
pub const EIO: Error = Error(29);
/// The board has no such thing.
pub const ENOSYS: Error = Error(52);
/// The pod does not have that pin.
pub const EPERM: Error = Error(63);

fn done(result: i32) -> Result<(), Error> {
    if result == 0 { Ok(()) } else { Err(Error(result)) }
}

fn value(result: i32) -> Result<i32, Error> {
    if result < 0 { Err(Error(-result)) } else { Ok(result) }
}

/// Makes a pin an output and sets it.
pub fn pin_write(pin: i32, is_high: bool) -> Result<(), Error> {
    done(unsafe { imports::pin_write(pin, is_high as i32) })
}

/// Reads a pin.
pub fn pin_read(pin: i32) -> Result<bool, Error> {
    value(unsafe { imports::pin_read(pin) }).map(|level| level != 0)
}

/// Switches the board's own LED.
pub fn led_write(is_on: bool) -> Result<(), Error> {
    done(unsafe { imports::led_write(is_on as i32) })
}

/// Reads a memory cell, 0 to 1023.
pub fn cell_read(index: i32) -> Result<u8, Error> {
    value(unsafe { imports::cell_read(index) }).map(|byte| byte as u8)
}

/// Writes a memory cell, 0 to 1023.
pub fn cell_write(index: i32, byte: u8) -> Result<(), Error> {
    done(unsafe { imports::cell_write(index, byte as i32) })
}

/// Milliseconds since the board's start; it never goes back.
pub fn uptime_ms() -> i64 {
    unsafe { imports::uptime_ms() }
}

/// Milliseconds since 1970, UTC.
pub fn time_ms() -> i64 {
    unsafe { imports::time_ms() }
}

/// Waits, and lets others work.
pub fn sleep_ms(milliseconds: i32) {
    unsafe { imports::sleep_ms(milliseconds) }
}

/// Writes a line into the container's log: at most 256 bytes of it.
pub fn log(text: &str) {
    unsafe { imports::log(text.as_ptr(), text.len()) }
}

/// Whether the pod is to end: true from then on. The program has its grace period to return.
pub fn stop_requested() -> bool {
    unsafe { imports::stop_requested() != 0 }
}
