;; writes to ever more memory
(module
  (memory 1)
  (func (export "_start") (local $at i32)
    (loop $again
      (i32.store (local.get $at) (i32.const 1))
      (local.set $at (i32.add (local.get $at) (i32.const 512)))
      (br_if $again (i32.lt_u (local.get $at) (i32.const 65536))))))
