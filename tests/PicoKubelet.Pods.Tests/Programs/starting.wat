;; a start function that waits, before the entry point
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "pico" "sleep_ms" (func $sleep (param i32)))
  (global $begun (mut i32) (i32.const 0))
  (func $begin
    (call $sleep (i32.const 10))
    (global.set $begun (i32.const 7)))
  (func (export "_start") (call $exit (global.get $begun)))
  (start $begin))
