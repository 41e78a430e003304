;; writes as fast as it can, and never waits
(module
  (import "pico" "log" (func $log (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "again and again")
  (func (export "_start") (loop $again (call $log (i32.const 0) (i32.const 15)) (br $again))))
