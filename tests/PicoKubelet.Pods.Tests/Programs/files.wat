;; each time that cell 0 is set: opens a file, writes what is in it as a line, and what path_open gave into cell 1; cell 0 is 0 then. Cell 2 tells which
;; descriptor the folder has, cell 3 which of the names (0 app.conf, 1 big, 2 late.txt, 3 blink.wasm); cell 4 gets how many folders there are.
(module
  (import "pico" "cell_read" (func $cell (param i32) (result i32)))
  (import "pico" "cell_write" (func $set (param i32 i32) (result i32)))
  (import "pico" "sleep_ms" (func $sleep (param i32)))
  (import "pico" "log" (func $log (param i32 i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "app.conf\00\00big\00\00\00\00\00\00\00late.txt\00\00blink.wasm")
  (data (i32.const 48) "\08\03\08\0a")
  (data (i32.const 64) "\00\01\00\00\ff\00\00\00")
  (func (export "_start") (local $folders i32) (local $name i32) (local $error i32)
    (local.set $folders (i32.const 3))
    (block $counted
      (loop $next
        (br_if $counted (call $prestat (local.get $folders) (i32.const 80)))
        (local.set $folders (i32.add (local.get $folders) (i32.const 1)))
        (br $next)))
    (drop (call $set (i32.const 4) (i32.sub (local.get $folders) (i32.const 3))))
    (loop $again
      (if (call $cell (i32.const 0))
        (then
          (local.set $name (call $cell (i32.const 3)))
          (local.set $error (call $open
            (call $cell (i32.const 2)) (i32.const 0)
            (i32.mul (local.get $name) (i32.const 10)) (i32.load8_u offset=48 (local.get $name))
            (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 80)))
          (drop (call $set (i32.const 1) (local.get $error)))
          (if (i32.eqz (local.get $error))
            (then
              (drop (call $read (i32.load (i32.const 80)) (i32.const 64) (i32.const 1) (i32.const 84)))
              (call $log (i32.const 256) (i32.load (i32.const 84)))
              (drop (call $close (i32.load (i32.const 80))))))
          (drop (call $set (i32.const 0) (i32.const 0)))))
      (call $sleep (i32.const 100))
      (br $again))))
