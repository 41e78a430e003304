#!/usr/bin/env bash
# fetch.sh [DEST]
#
# From nothing to DEST/spec/*.wast, the specification's tests as Debian bookworm's source package binaryen carries them,
# and DEST/node_modules/.bin/asc, the AssemblyScript compiler, where npm is there. Installs nothing into the system; nothing
# to do where both are there. The rest of what the WebAssembly tests need (wabt, binaryen, clang, lld, wasi-libc, rustc)
# are packages that tests/run installs.
#
# DEST    default ~/.cache/picokubelet/wasm
# MIRROR  Debian mirror; default the machine's own
#
# Needs apt, dpkg-dev (dpkg-source), flock. Packages are verified with Debian's archive keyring.
set -euo pipefail

assemblyscript=0.27.31
dest=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/picokubelet/wasm}
mkdir -p "$dest"
dest=$(cd "$dest" && pwd)

# one at a time in one folder; a second one waits and finds the work done
exec 9> "$dest/fetch.lock"
flock 9

rc=0
if ! [ -d "$dest/spec" ]; then
  work=$dest/work
  rm -rf "$work"
  apt=$work/apt
  mkdir -p "$apt"/{etc/apt.conf.d,etc/preferences.d,etc/sources.list.d,lists/partial,cache/archives/partial} "$work/src"
  : > "$apt/status"

  # a private apt: the machine's lists and sources, which mostly lack deb-src, are left as they are
  mirror=${MIRROR:-$(awk '/^URIs:/ { print $2; exit }' /etc/apt/sources.list.d/debian.sources 2> /dev/null ||
    awk '/^deb / { for (i = 2; i <= NF; i++) if ($i ~ /^https?:/) { print $i; exit } }' /etc/apt/sources.list)}
  cat > "$apt/etc/sources.list.d/debian.sources" << END
Types: deb-src
URIs: $mirror
Suites: bookworm
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
  cat > "$apt/apt.conf" << END
Dir::Etc::sourcelist "/dev/null"; Dir::Etc::sourceparts "$apt/etc/sources.list.d"; Dir::Etc::preferencesparts "$apt/etc/preferences.d";
Dir::State "$apt"; Dir::State::lists "$apt/lists"; Dir::State::status "$apt/status"; Dir::Cache "$apt/cache";
Acquire::Languages "none"; APT::Sandbox::User "root";
END
  if apt-get -c "$apt/apt.conf" -qq update &&
    (cd "$work/src" && apt-get -c "$apt/apt.conf" -qq source --download-only binaryen && dpkg-source -x binaryen_*.dsc tree > /dev/null 2>&1); then
    mv "$work/src/tree/test/spec" "$dest/spec"
    echo "$dest/spec has $(find "$dest/spec" -name '*.wast' | wc -l) scripts"
  else
    echo "the specification's tests can not be fetched" >&2
    rc=1
  fi
  rm -rf "$work"
fi

if ! [ -x "$dest/node_modules/.bin/asc" ] && command -v npm > /dev/null; then
  npm install --prefix "$dest" --no-save --no-audit --no-fund --loglevel=error "assemblyscript@$assemblyscript" > /dev/null || {
    echo "AssemblyScript can not be fetched" >&2
    rc=1
  }
fi
exit $rc
