;; switches pin 2, for ever
(module
  (import "pico" "pin_write" (func $pin_write (param i32 i32) (result i32)))
  (import "pico" "sleep_ms" (func $sleep_ms (param i32)))
  (func (export "_start") (local $on i32)
    (loop $again
      (local.set $on (i32.xor (local.get $on) (i32.const 1)))
      (if (call $pin_write (i32.const 2) (local.get $on)) (then unreachable))
      (call $sleep_ms (i32.const 500))
      (br $again))))
