#!/bin/sh
# samples/thermostat/build.sh [FILE] - makes thermostat.wasm with clang, lld, wasi-libc and libclang-rt-dev-wasm32
set -eu
here=$(dirname "$0")
clang --target=wasm32-wasi --sysroot=/usr -Os -I "$here/../../sdk/c" -Wl,--strip-all -Wl,-z,stack-size=1024 "$here/thermostat.c" -o "${1:-$here/thermostat.wasm}"
