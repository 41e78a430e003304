//! The module `pico`: what a program on a board can do beside WASI. Without the standard library, so that programs stay small.
//! What it means: `../../README.md`.
#![no_std]

mod imports {
    #[link(wasm_import_module = "pico")]
    extern "C" {
        pub fn pin_write(pin: i32, is_high: i32) -> i32;
        pub fn pin_read(pin: i32) -> i32;
        pub fn pin_watch(pin: i32, pull: i32, debounce_ms: i32) -> i32;
        pub fn pin_edges(pin: i32) -> i32;
        pub fn pin_wait(pin: i32, timeout_ms: i32) -> i32;
        pub fn analog_read(channel: i32) -> i32;
        pub fn pwm_write(pin: i32, frequency_hz: i32, duty_permille: i32) -> i32;
        pub fn i2c_transfer(address: i32, out: *const u8, out_bytes: usize, input: *mut u8, in_bytes: usize) -> i32;
        pub fn led_write(is_on: i32) -> i32;
        pub fn cell_read(index: i32) -> i32;
        pub fn cell_write(index: i32, value: i32) -> i32;
        pub fn uptime_ms() -> i64;
        pub fn time_ms() -> i64;
        pub fn sleep_ms(milliseconds: i32);
        pub fn log(text: *const u8, bytes: usize);
        pub fn gauge_set(name: *const u8, name_bytes: usize, thousandths: i64) -> i32;
        pub fn counter_add(name: *const u8, name_bytes: usize, thousandths: i64) -> i32;
        pub fn event(reason: *const u8, reason_bytes: usize, message: *const u8, message_bytes: usize) -> i32;
        pub fn config_get(key: *const u8, key_bytes: usize, value: *mut u8, value_bytes: usize) -> i32;
        pub fn stop_requested() -> i32;
    }
}

/// Why something could not be done: WASI's number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Error(pub i32);

/// Too many Events: later.
pub const EAGAIN: Error = Error(6);
/// Outside of the program's memory.
pub const EFAULT: Error = Error(21);
/// An argument is out of range.
pub const EINVAL: Error = Error(28);
/// The board's own function failed.
pub const EIO: Error = Error(29);
/// There is no such key.
pub const ENOENT: Error = Error(44);
/// The ninth of a container's gauges and counters.
pub const ENOSPC: Error = Error(51);
/// The board has no such thing.
pub const ENOSYS: Error = Error(52);
/// The pod does not have that pin, channel or address.
pub const EPERM: Error = Error(63);

/// What holds the level of an input that nothing drives.
#[derive(Clone, Copy)]
pub enum Pull {
    None = 0,
    Up = 1,
    Down = 2,
}

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

/// Makes a pin an input and counts its edges from now on: a level counts once it has stayed for `debounce_ms`.
pub fn pin_watch(pin: i32, pull: Pull, debounce_ms: i32) -> Result<(), Error> {
    done(unsafe { imports::pin_watch(pin, pull as i32, debounce_ms) })
}

/// Edges since [`pin_watch`]; after `i32::MAX` comes 0.
pub fn pin_edges(pin: i32) -> Result<i32, Error> {
    value(unsafe { imports::pin_edges(pin) })
}

/// Waits for the next edge since the last `pin_wait` or [`pin_watch`], and lets others work: false at the timeout or once the pod is to end.
pub fn pin_wait(pin: i32, timeout_ms: i32) -> Result<bool, Error> {
    value(unsafe { imports::pin_wait(pin, timeout_ms) }).map(|edge| edge != 0)
}

/// Measures a channel of the converter: 0 to 65535, the full scale.
pub fn analog_read(channel: i32) -> Result<u16, Error> {
    value(unsafe { imports::analog_read(channel) }).map(|number| number as u16)
}

/// Sends pulses from a pin, high for `duty_permille` (0 to 1000) of the time; they end with the container.
pub fn pwm_write(pin: i32, frequency_hz: i32, duty_permille: i32) -> Result<(), Error> {
    done(unsafe { imports::pwm_write(pin, frequency_hz, duty_permille) })
}

/// Writes to the device of an I2C address, then reads from it; either may be empty, and is at most 32 bytes.
pub fn i2c_transfer(address: i32, out: &[u8], input: &mut [u8]) -> Result<(), Error> {
    done(unsafe { imports::i2c_transfer(address, out.as_ptr(), out.len(), input.as_mut_ptr(), input.len()) })
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

/// Sets a gauge of the program's in `/metrics`, in thousandths.
pub fn gauge_set(name: &str, thousandths: i64) -> Result<(), Error> {
    done(unsafe { imports::gauge_set(name.as_ptr(), name.len(), thousandths) })
}

/// Adds to a counter of the program's in `/metrics`, in thousandths, not below 0.
pub fn counter_add(name: &str, thousandths: i64) -> Result<(), Error> {
    done(unsafe { imports::counter_add(name.as_ptr(), name.len(), thousandths) })
}

/// Tells an Event about the pod: a reason in CamelCase of at most 32 bytes, a message of at most 128.
pub fn event(reason: &str, message: &str) -> Result<(), Error> {
    done(unsafe { imports::event(reason.as_ptr(), reason.len(), message.as_ptr(), message.len()) })
}

/// Reads `program.KEY` of the board's ConfigMap: the bytes that it has, of which as many are there then as fit.
pub fn config_get(key: &str, buffer: &mut [u8]) -> Result<usize, Error> {
    value(unsafe { imports::config_get(key.as_ptr(), key.len(), buffer.as_mut_ptr(), buffer.len()) }).map(|bytes| bytes as usize)
}

/// Whether the pod is to end: true from then on. The program has its grace period to return.
pub fn stop_requested() -> bool {
    unsafe { imports::stop_requested() != 0 }
}
