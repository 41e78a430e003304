#!/usr/bin/env bash
# build.sh [DEST]
#
# From nothing to DEST/bin/{etcd,kube-apiserver,kube-controller-manager,kube-scheduler}: Kubernetes v1.20.2 from Debian
# bookworm's own packages, binary and source, with no other download. Installs nothing into the system. About three
# minutes on two cores; only what DEST/bin lacks is made. Only DEST/bin stays.
#
# DEST    default ~/.cache/picokubelet/control-plane
# MIRROR  Debian mirror; default the machine's own
# JOBS    parallel compilations; default 2
#
# Needs apt, dpkg-dev (dpkg-source), coreutils, findutils, grep, awk, flock. Packages are verified with Debian's
# archive keyring.
set -euo pipefail

binaries=(etcd kube-apiserver kube-controller-manager kube-scheduler)
dest=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/picokubelet/control-plane}
mkdir -p "$dest"
dest=$(cd "$dest" && pwd)
jobs=${JOBS:-2}

# one build at a time in one folder; a second one waits and finds the work done
exec 9> "$dest/build.lock"
flock 9

missing=()
for binary in "${binaries[@]}"; do [ -x "$dest/bin/$binary" ] || missing+=("$binary"); done
if [ ${#missing[@]} = 0 ]; then
  echo "$dest/bin is complete"
  exit 0
fi

started=$SECONDS
step() { echo "[$((SECONDS - started))s] $*"; }

work=$dest/work
rm -rf "$work"
apt=$work/apt
mkdir -p "$apt"/{etc/apt.conf.d,etc/preferences.d,etc/sources.list.d,lists/partial,cache/archives/partial} "$work"/{debs,src,root,out}
: > "$apt/status"

# a private apt: the machine's lists and sources are left as they are
mirror=${MIRROR:-$(awk '/^URIs:/ { print $2; exit }' /etc/apt/sources.list.d/debian.sources 2> /dev/null ||
  awk '/^deb / { for (i = 2; i <= NF; i++) if ($i ~ /^https?:/) { print $i; exit } }' /etc/apt/sources.list)}
cat > "$apt/etc/sources.list.d/debian.sources" << END
Types: deb deb-src
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

step "package lists"
apt-get -c "$apt/apt.conf" -qq update
step "download"
(cd "$work/debs" && apt-get -c "$apt/apt.conf" -qq download golang-1.19-go golang-1.19-src etcd-server golang-github-modern-go-reflect2-dev)
(cd "$work/src" && apt-get -c "$apt/apt.conf" -qq source --download-only kubernetes)

step "unpack"
for deb in "$work"/debs/*.deb; do dpkg -x "$deb" "$work/root"; done
(cd "$work/src" && dpkg-source -x kubernetes_*.dsc k8s > /dev/null 2>&1)
tree=$work/src/k8s

# the vendored reflect2 1.0.1 makes the API server panic on Go 1.18 and later; Debian's own 1.0.2 does not
rm -rf "$tree/vendor/github.com/modern-go/reflect2"
cp -a "$work/root/usr/share/gocode/src/github.com/modern-go/reflect2" "$tree/vendor/github.com/modern-go/reflect2"

unset GOBIN || :
export GOROOT=$work/root/usr/lib/go-1.19 GOPATH=$work/gopath GOCACHE=$work/gocache
export GOPROXY=off GO111MODULE=off GOFLAGS='' CGO_ENABLED=0 GOMAXPROCS=$jobs
export PATH=$GOROOT/bin:$PATH
mkdir -p "$GOPATH/src/k8s.io"
ln -sfn "$tree" "$GOPATH/src/k8s.io/kubernetes"
cd "$GOPATH/src/k8s.io/kubernetes"

step "openapi-gen, for the one generated file that the source package lacks"
nice go build -p "$jobs" -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
packages=$(find -L cmd pkg plugin vendor/k8s.io -name '*.go' ! -name 'zz_generated*' -print0 |
  xargs -0 grep -l '^[[:space:]]*// *+k8s:openapi-gen=' |
  grep -vE '^vendor/k8s.io/(code-generator|sample-apiserver|kube-openapi)/' |
  xargs -n1 dirname | LC_ALL=C sort -u | sed 's#^#k8s.io/kubernetes/#' | paste -sd,)
nice "$work/openapi-gen" --logtostderr -i "$packages" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
  -h vendor/k8s.io/code-generator/hack/boilerplate.go.txt -r "$work/violations.report"
# Kubernetes' own check that nothing was left out
cmp "$work/violations.report" api/api-rules/violation_exceptions.list

flags=
for package in client-go/pkg/version component-base/version; do
  p=k8s.io/kubernetes/vendor/k8s.io/$package
  flags="$flags -X $p.gitVersion=v1.20.2 -X $p.gitMajor=1 -X $p.gitMinor=20 -X $p.gitTreeState=archive"
  flags="$flags -X $p.gitCommit=faecb196815e248d3ecfb03c680a4507229c2a56 -X $p.buildDate=2021-01-13T13:20:00Z"
done
commands=()
for binary in "${missing[@]}"; do
  case $binary in
    etcd) cp "$work/root/usr/bin/etcd" "$work/out/etcd" ;;
    *) commands+=("./cmd/$binary") ;;
  esac
done
if [ ${#commands[@]} != 0 ]; then
  # in one go: most of their packages are the same
  step "build ${missing[*]}"
  nice go build -p "$jobs" -trimpath -tags providerless -ldflags "-s -w $flags" -o "$work/out/" "${commands[@]}"
fi

mkdir -p "$dest/bin"
mv "$work"/out/* "$dest/bin/"
cd "$dest"
chmod -R u+w "$work"
rm -rf "$work"
step "done"
"$dest/bin/kube-apiserver" --version
