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
#define PICO_EINVAL 28
#define PICO_EIO 29
#define PICO_ENOSYS 52
#define PICO_EPERM 63

/* Makes a pin an output and sets it. 0, or an error. */
PICO_IMPORT(pin_write) int32_t pico_pin_write(int32_t pin, int32_t is_high);

/* Reads a pin: 0, 1, or an error negated. */
PICO_IMPORT(pin_read) int32_t pico_pin_read(int32_t pin);

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

/* Whether the pod is to end: 1 from then on. The program has its grace period to return. */
PICO_IMPORT(stop_requested) int32_t pico_stop_requested(void);

#ifdef __cplusplus
}
#endif

#endif
