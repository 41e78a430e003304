;; says hi, and ends with 0 once it is to
(module
  (import "pico" "stop_requested" (func $stop_requested (result i32)))
  (import "pico" "sleep_ms" (func $sleep_ms (param i32)))
  (import "pico" "log" (func $log (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "hibye")
  (func (export "_start")
    (call $log (i32.const 0) (i32.const 2))
    (loop $again
      (call $sleep_ms (i32.const 60000))
      (br_if $again (i32.eqz (call $stop_requested))))
    (call $log (i32.const 2) (i32.const 3))))
