;; never ends, never sleeps
(module (func (export "_start") (loop $again (br $again))))
