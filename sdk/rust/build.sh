#!/bin/sh
# sdk/rust/build.sh SOURCE FILE - makes a program of one source with rustc and libstd-rust-dev-wasm32
set -eu
here=$(dirname "$0")
crate=$(mktemp -d)
trap 'rm -rf "$crate"' EXIT
# Debian's, which has WebAssembly's libraries; another one that comes first in PATH mostly lacks them.
rustc=/usr/bin/rustc
[ -x $rustc ] || rustc=rustc
flags="--target wasm32-unknown-unknown --edition 2021 -C opt-level=s -C panic=abort"
$rustc $flags --crate-type rlib --crate-name pico --out-dir "$crate" "$here/src/lib.rs"
$rustc $flags --crate-type cdylib --extern pico="$crate/libpico.rlib" -C link-arg=-zstack-size=1024 -C link-arg=--strip-all "$1" -o "$2"
