// The module "pico": what a program on a board can do beside WASI. What it means, and the numbers of errors: ../README.md.

/** Makes a pin an output and sets it. 0, or an error. */
// @ts-ignore: decorator
@external("pico", "pin_write")
export declare function pinWrite(pin: i32, isHigh: i32): i32;

/** Reads a pin: 0, 1, or an error negated. */
// @ts-ignore: decorator
@external("pico", "pin_read")
export declare function pinRead(pin: i32): i32;

/** What holds the level of an input that nothing drives. */
export const enum Pull {
  None = 0,
  Up = 1,
  Down = 2,
}

/** Makes a pin an input and counts its edges from now on: a level counts once it has stayed for debounceMs. 0, or an error. */
// @ts-ignore: decorator
@external("pico", "pin_watch")
export declare function pinWatch(pin: i32, pull: i32, debounceMs: i32): i32;

/** Edges since pinWatch, or an error negated. After 2147483647 comes 0. */
// @ts-ignore: decorator
@external("pico", "pin_edges")
export declare function pinEdges(pin: i32): i32;

/** Waits for the next edge since the last pinWait or pinWatch, and lets others work: 1; 0 at the timeout or once the pod is to end; or an error negated. */
// @ts-ignore: decorator
@external("pico", "pin_wait")
export declare function pinWait(pin: i32, timeoutMs: i32): i32;

/** Measures a channel of the converter: 0 to 65535, the full scale, or an error negated. */
// @ts-ignore: decorator
@external("pico", "analog_read")
export declare function analogRead(channel: i32): i32;

/** Sends pulses from a pin, high for dutyPermille (0 to 1000) of the time; they end with the container. 0, or an error. */
// @ts-ignore: decorator
@external("pico", "pwm_write")
export declare function pwmWrite(pin: i32, frequencyHz: i32, dutyPermille: i32): i32;

/** Writes to the device of an I2C address, then reads from it; either may be of 0 bytes, and is at most 32. 0, or an error. */
// @ts-ignore: decorator
@external("pico", "i2c_transfer")
export declare function i2cTransfer(address: i32, out: usize, outBytes: i32, into: usize, inBytes: i32): i32;

/** Switches the board's own LED. 0, or an error. */
// @ts-ignore: decorator
@external("pico", "led_write")
export declare function ledWrite(isOn: i32): i32;

/** Reads a memory cell, 0 to 1023: 0 to 255, or an error negated. */
// @ts-ignore: decorator
@external("pico", "cell_read")
export declare function cellRead(index: i32): i32;

/** Writes a memory cell with the low byte of a value. 0, or an error. */
// @ts-ignore: decorator
@external("pico", "cell_write")
export declare function cellWrite(index: i32, value: i32): i32;

/** Milliseconds since the board's start; it never goes back. */
// @ts-ignore: decorator
@external("pico", "uptime_ms")
export declare function uptimeMs(): i64;

/** Milliseconds since 1970, UTC. */
// @ts-ignore: decorator
@external("pico", "time_ms")
export declare function timeMs(): i64;

/** Waits, and lets others work. */
// @ts-ignore: decorator
@external("pico", "sleep_ms")
export declare function sleepMs(milliseconds: i32): void;

/** Writes UTF-8 into the container's log as a line: at most 256 bytes of it. */
// @ts-ignore: decorator
@external("pico", "log")
export declare function logBytes(text: usize, bytes: i32): void;

/** Whether the pod is to end: 1 from then on. The program has its grace period to return. */
// @ts-ignore: decorator
@external("pico", "stop_requested")
export declare function stopRequested(): i32;

/** Sets a gauge; gaugeSet takes a string. */
// @ts-ignore: decorator
@external("pico", "gauge_set")
export declare function gaugeSetBytes(name: usize, nameBytes: i32, thousandths: i64): i32;

/** Adds to a counter; counterAdd takes a string. */
// @ts-ignore: decorator
@external("pico", "counter_add")
export declare function counterAddBytes(name: usize, nameBytes: i32, thousandths: i64): i32;

/** Tells an Event; event takes strings. */
// @ts-ignore: decorator
@external("pico", "event")
export declare function eventBytes(reason: usize, reasonBytes: i32, message: usize, messageBytes: i32): i32;

/** Reads program.KEY of the board's ConfigMap; configGet takes a string. */
// @ts-ignore: decorator
@external("pico", "config_get")
export declare function configGetBytes(key: usize, keyBytes: i32, value: usize, valueBytes: i32): i32;

// Strings are UTF-16 and the board takes UTF-8: they are written here, so that no call takes memory that nobody frees. A letter has 3 bytes at the most.
const MAX_TEXT = 256;
const texts = memory.data(3 * MAX_TEXT);

function write(text: string, most: i32, at: usize): i32 {
  return <i32>String.UTF8.encodeUnsafe(changetype<usize>(text), min(text.length, most), at);
}

/** Writes a line into the container's log: at most 256 bytes of it. */
export function log(text: string): void {
  logBytes(texts, write(text, MAX_TEXT, texts));
}

/** Sets a gauge of the program's in /metrics, in thousandths. 0, or an error: 51 for the ninth of gauges and counters. */
export function gaugeSet(name: string, thousandths: i64): i32 {
  return gaugeSetBytes(texts, write(name, MAX_TEXT, texts), thousandths);
}

/** Adds to a counter of the program's in /metrics, in thousandths, not below 0. 0, or an error: 51 for the ninth of gauges and counters. */
export function counterAdd(name: string, thousandths: i64): i32 {
  return counterAddBytes(texts, write(name, MAX_TEXT, texts), thousandths);
}

/** Tells an Event about the pod: a reason in CamelCase of at most 32 bytes, a message of at most 128. 0, or an error. */
export function event(reason: string, message: string): i32 {
  const reasonBytes = write(reason, MAX_TEXT / 3, texts);
  return eventBytes(texts, reasonBytes, texts + MAX_TEXT, write(message, MAX_TEXT / 3 * 2, texts + MAX_TEXT));
}

/** Reads program.KEY of the board's ConfigMap into a buffer: the bytes that it has, of which at most valueBytes are there then; -44 where there is none. */
export function configGet(key: string, value: usize, valueBytes: i32): i32 {
  return configGetBytes(texts, write(key, MAX_TEXT, texts), value, valueBytes);
}
