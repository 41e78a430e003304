;; Blinks at pin 4, twice a second, until the pod is to end.
(module
  (import "pico" "pin_write" (func $pin_write (param i32 i32) (result i32)))
  (import "pico" "sleep_ms" (func $sleep_ms (param i32)))
  (import "pico" "stop_requested" (func $stop_requested (result i32)))
  (import "pico" "log" (func $log (param i32 i32)))

  (memory 1)
  (data (i32.const 0) "blinking at pin 4")
  (data (i32.const 32) "pin 4 is not this pod's")
  (data (i32.const 64) "stopped")

  (global $is_high (mut i32) (i32.const 0))

  (func (export "_start")
    (call $log (i32.const 0) (i32.const 17))
    (loop $again
      (global.set $is_high (i32.eqz (global.get $is_high)))
      (if (call $pin_write (i32.const 4) (global.get $is_high))
        (then
          (call $log (i32.const 32) (i32.const 23))
          ;; Ends with an error, so that the pod shows that something is wrong.
          unreachable))
      (call $sleep_ms (i32.const 250))
      (br_if $again (i32.eqz (call $stop_requested))))
    (drop (call $pin_write (i32.const 4) (i32.const 0)))
    (call $log (i32.const 64) (i32.const 7))))
