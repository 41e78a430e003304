#!/bin/sh
# samples/door-counter/build.sh [FILE] - makes door-counter.wasm with rustc and libstd-rust-dev-wasm32
set -eu
here=$(dirname "$0")
"$here/../../sdk/rust/build.sh" "$here/door-counter.rs" "${1:-$here/door-counter.wasm}"
