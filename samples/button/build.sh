#!/bin/sh
# samples/button/build.sh [FILE] - makes button.wasm with rustc and libstd-rust-dev-wasm32
set -eu
here=$(dirname "$0")
"$here/../../sdk/rust/build.sh" "$here/button.rs" "${1:-$here/button.wasm}"
