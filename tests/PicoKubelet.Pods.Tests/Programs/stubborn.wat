;; could hear that it is to end, and does not care
(module
  (import "pico" "stop_requested" (func $stop_requested (result i32)))
  (func (export "_start")
    (loop $again
      (drop (call $stop_requested))
      (br $again))))
