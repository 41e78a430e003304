#!/bin/sh
# samples/weather/build.sh [FILE] - makes weather.wasm with AssemblyScript's compiler: asc, or the one of the tests, or what npm fetches
set -eu
here=$(dirname "$0")
output=${1:-$here/weather.wasm}
cached=${XDG_CACHE_HOME:-$HOME/.cache}/picokubelet/wasm/node_modules/.bin/asc
if command -v asc > /dev/null; then
  set -- asc
elif [ -x "$cached" ]; then
  set -- "$cached"
else
  set -- npx --yes --package assemblyscript@0.27.31 asc
fi
"$@" "$here/weather.ts" -Osize --runtime stub --use abort= --outFile "$output"
