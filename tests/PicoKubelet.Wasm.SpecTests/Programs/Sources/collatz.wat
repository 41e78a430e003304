;; By hand: two results, a table of functions, a loop, bulk memory, an imported function.
(module
  (import "env" "seen" (func $seen (param i32)))
  (memory (export "memory") 1)
  (table funcref (elem $halve $triple))
  (type $step (func (param i32) (result i32)))
  (data (i32.const 8) "collatz")

  (func $halve (type $step) (i32.shr_u (local.get 0) (i32.const 1)))
  (func $triple (type $step) (i32.add (i32.mul (local.get 0) (i32.const 3)) (i32.const 1)))

  ;; steps until 1, and the highest number on the way
  (func (export "walk") (param $n i32) (result i32 i32)
    (local $steps i32)
    (local $highest i32)
    (local.set $highest (local.get $n))
    (block $done
      (loop $next
        (br_if $done (i32.le_u (local.get $n) (i32.const 1)))
        (local.set $n (call_indirect (type $step) (local.get $n) (i32.and (local.get $n) (i32.const 1))))
        (call $seen (local.get $n))
        (if (i32.gt_u (local.get $n) (local.get $highest)) (then (local.set $highest (local.get $n))))
        (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
        (br $next)))
    (local.get $steps)
    (local.get $highest))

  (func (export "repeat") (param $times i32)
    (loop $next
      (memory.copy
        (i32.add (i32.const 8) (i32.mul (local.get $times) (i32.const 7)))
        (i32.const 8)
        (i32.const 7))
      (br_if $next (local.tee $times (i32.sub (local.get $times) (i32.const 1))))))

  (func (export "spin") (loop $for_ever (br $for_ever))))
