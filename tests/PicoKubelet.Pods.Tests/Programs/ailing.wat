;; comes up a second after its start, is no more alive two seconds later, and never ready; ends where it hears that it is to
(module
  (import "pico" "uptime_ms" (func $uptime (result i64)))
  (import "pico" "stop_requested" (func $stop (result i32)))
  (import "pico" "sleep_ms" (func $sleep (param i32)))
  (global $born (mut i64) (i64.const 0))
  (func $isOlder (param i64) (result i32) (i64.gt_u (i64.sub (call $uptime) (global.get $born)) (local.get 0)))
  (func (export "up") (result i32) (i32.eqz (call $isOlder (i64.const 1000))))
  (func (export "alive") (result i32) (call $isOlder (i64.const 3000)))
  (func (export "ready") (result i32) (i32.const 7))
  (func (export "_start")
    (global.set $born (call $uptime))
    (loop $again
      (call $sleep (i32.const 60000))
      (br_if $again (i32.eqz (call $stop))))))
