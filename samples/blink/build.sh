#!/bin/sh
# samples/blink/build.sh [FILE] - makes blink.wasm with wabt
set -eu
here=$(dirname "$0")
wat2wasm "$here/blink.wat" -o "${1:-$here/blink.wasm}"
