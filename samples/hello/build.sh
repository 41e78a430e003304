#!/bin/sh
# samples/hello/build.sh [FILE] - makes hello.wasm with clang, lld, wasi-libc and libclang-rt-dev-wasm32
set -eu
here=$(dirname "$0")
clang --target=wasm32-wasi --sysroot=/usr -Os -I "$here/../../sdk/c" -Wl,--strip-all -Wl,-z,stack-size=2048 "$here/hello.c" -o "${1:-$here/hello.wasm}"
