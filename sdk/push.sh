#!/bin/sh
# sdk/push.sh PROGRAM.wasm IMAGE [SKOPEO-OPTION]... - pushes a program to a registry, as boards pull it: an OCI artifact in CNCF's
# layout for WebAssembly, of one layer application/wasm. Needs skopeo and sha256sum. `--dest-tls-verify=false` is for a registry with
# plain HTTP, `--dest-creds USER:PASSWORD` for one that wants a login.
#
#   sdk/push.sh samples/blink/blink.wasm registry.example:5000/blink:v1
set -eu
program=$1
image=$2
shift 2
layout=$(mktemp -d)
trap 'rm -rf "$layout"' EXIT
mkdir -p "$layout/blobs/sha256"

# blob FILE: puts it into the layout; digest and size are the descriptor's
blob() {
  digest=$(sha256sum "$1" | cut -d' ' -f1)
  size=$(wc -c < "$1" | tr -d ' ')
  cp "$1" "$layout/blobs/sha256/$digest"
}

blob "$program"
layer="{\"mediaType\":\"application/wasm\",\"digest\":\"sha256:$digest\",\"size\":$size,\"annotations\":{\"org.opencontainers.image.title\":\"$(basename "$program")\"}}"
printf '{"architecture":"wasm","os":"wasip1","layerDigests":["sha256:%s"]}' "$digest" > "$layout/config"
blob "$layout/config"
config="{\"mediaType\":\"application/vnd.wasm.config.v0+json\",\"digest\":\"sha256:$digest\",\"size\":$size}"
printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s]}' "$config" "$layer" > "$layout/manifest"
blob "$layout/manifest"
printf '{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%s}]}' "$digest" "$size" > "$layout/index.json"
printf '{"imageLayoutVersion":"1.0.0"}' > "$layout/oci-layout"
skopeo --insecure-policy copy "$@" "oci:$layout" "docker://$image"
