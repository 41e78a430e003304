/*
 * The module "pico": what a program on a board can do beside WASI. It is linked by its imports, so that there is no library.
 * What it means, and the numbers of errors: ../README.md.
 */
#ifndef PICO_H
#define PICO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PICO_IMPORT(name) __attribute__((import_module("pico"), import_name(#name)))

/* WASI's numbers. A function that gives a value gives them negated. */
#define PICO_EAGAIN 6
#define PICO_EFAULT 21
#define PICO_EINVAL 28
#define PICO_EIO 29
#define PICO_ENOENT 44
#define PICO_ENOSPC 51
#define PICO_ENOSYS 52
#define PICO_EPERM 63

/* A string literal with its length: pico_log(PICO_TEXT("ready")). */
#define PICO_TEXT(literal) (literal), (sizeof(literal) - 1)

/* What holds the level of an input that nothing drives. */
#define PICO_PULL_NONE 0
#define PICO_PULL_UP 1
#define PICO_PULL_DOWN 2

/* Makes a pin an output and sets it. 0, or an error. */
PICO_IMPORT(pin_write) int32_t pico_pin_write(int32_t pin, int32_t is_high);

/* Reads a pin: 0, 1, or an error negated. */
PICO_IMPORT(pin_read) int32_t pico_pin_read(int32_t pin);

/* Makes a pin an input and counts its edges from now on: a level counts once it has stayed for debounce_ms. 0, or an error. */
PICO_IMPORT(pin_watch) int32_t pico_pin_watch(int32_t pin, int32_t pull, int32_t debounce_ms);

/* Edges since pico_pin_watch, or an error negated. After 2147483647 comes 0. */
PICO_IMPORT(pin_edges) int32_t pico_pin_edges(int32_t pin);

/* Waits for the next edge since the last pico_pin_wait or pico_pin_watch, and lets others work: 1; 0 at the timeout or once the pod is to end; or an error negated. */
PICO_IMPORT(pin_wait) int32_t pico_pin_wait(int32_t pin, int32_t timeout_ms);

/* Measures a channel of the converter: 0 to 65535, the full scale, or an error negated. */
PICO_IMPORT(analog_read) int32_t pico_analog_read(int32_t channel);

/* Sends pulses from a pin, high for duty_permille (0 to 1000) of the time; they end with the container. 0, or an error. */
PICO_IMPORT(pwm_write) int32_t pico_pwm_write(int32_t pin, int32_t frequency_hz, int32_t duty_permille);

/* Writes to the device of an I2C address, then reads from it; either may be of 0 bytes, and is at most 32. 0, or an error. */
PICO_IMPORT(i2c_transfer) int32_t pico_i2c_transfer(int32_t address, const void *out, size_t out_bytes, void *in, size_t in_bytes);

/* Switches the board's own LED. 0, or an error: PICO_ENOSYS where it has none. */
PICO_IMPORT(led_write) int32_t pico_led_write(int32_t is_on);

/* Reads a memory cell, 0 to 1023: 0 to 255, or an error negated. */
PICO_IMPORT(cell_read) int32_t pico_cell_read(int32_t index);

/* Writes a memory cell with the low byte of a value. 0, or an error. */
PICO_IMPORT(cell_write) int32_t pico_cell_write(int32_t index, int32_t value);

/* Milliseconds since the board's start; it never goes back. */
PICO_IMPORT(uptime_ms) int64_t pico_uptime_ms(void);

/* Milliseconds since 1970, UTC. */
PICO_IMPORT(time_ms) int64_t pico_time_ms(void);

/* Waits, and lets others work. */
PICO_IMPORT(sleep_ms) void pico_sleep_ms(int32_t milliseconds);

/* Writes a line into the container's log: at most 256 bytes of it. */
PICO_IMPORT(log) void pico_log(const char *text, size_t bytes);

/* Sets a gauge of the program's in /metrics, in thousandths. 0, or an error: PICO_ENOSPC for the ninth of gauges and counters. */
PICO_IMPORT(gauge_set) int32_t pico_gauge_set(const char *name, size_t name_bytes, int64_t thousandths);

/* Adds to a counter of the program's in /metrics, in thousandths, not below 0. 0, or an error: PICO_ENOSPC for the ninth of gauges and counters. */
PICO_IMPORT(counter_add) int32_t pico_counter_add(const char *name, size_t name_bytes, int64_t thousandths);

/* Tells an Event about the pod: a reason in CamelCase of at most 32 bytes, a message of at most 128. 0, or an error: PICO_EAGAIN where there were too many. */
PICO_IMPORT(event) int32_t pico_event(const char *reason, size_t reason_bytes, const char *message, size_t message_bytes);

/* Reads program.KEY of the board's ConfigMap: the bytes that it has, of which at most value_bytes are there then, or an error negated: PICO_ENOENT where there is none. */
PICO_IMPORT(config_get) int32_t pico_config_get(const char *key, size_t key_bytes, char *value, size_t value_bytes);

/* Whether the pod is to end: 1 from then on. The program has its grace period to return. */
PICO_IMPORT(stop_requested) int32_t pico_stop_requested(void);

#ifdef __cplusplus
}
#endif

#endif
