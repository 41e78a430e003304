// The module "pico": what a program on a board can do beside WASI. What it means, and the numbers of errors: ../README.md.

/** Makes a pin an output and sets it. 0, or an error. */
// @ts-ignore: decorator
@external("pico", "pin_write")
export declare function pinWrite(pin: i32, isHigh: i32): i32;

/** Reads a pin: 0, 1, or an error negated. */
// @ts-ignore: decorator
@external("pico", "pin_read")
export declare function pinRead(pin: i32): i32;

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

/** Writes a line into the container's log: at most 256 bytes of it. */
export function log(text: string): void {
  const utf8 = String.UTF8.encode(text);
  logBytes(changetype<usize>(utf8), utf8.byteLength);
}
