# tests/device/common.sh - for the scripts beside it: a real control plane, and a board that is enrolled in it, on an emulated Pico W. They
# source it; then the control plane runs and $work/board has the board's settings. All of it ends with them.
#
# PICOKUBELET_BOARD    the emulator's program: `build CHECKOUT` and `run CHECKOUT --settings FILE --api HOST:PORT --serve PORT --flash FILE --log FILE`
# KUBEBUILDER_ASSETS   folder with etcd, kube-apiserver, kube-controller-manager, kube-scheduler
#
# src/PicoKubelet.Enroll is to be built already. Needs kubectl 1.24 and curl, and wabt for pods.
set -euo pipefail
umask 077
cd "$(dirname "$0")/../.."
. tests/device/bounds

name=pico-w-emulated
emulator=${PICOKUBELET_BOARD:?the emulator}
work=$(mktemp -d "${TMPDIR:-/tmp}/picokubelet-device.XXXXXX")
port_token=$(openssl rand -hex 16)
board=
began=$SECONDS

finish() {
  stop_board
  tests/control-plane/down.sh "$work/cluster" || true
  rm -rf "$work"
}
stop_board() {
  [ -n "$board" ] || return 0
  kill -TERM "$board" 2> /dev/null || true
  wait "$board" || true
  board=
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# await SECONDS WHAT COMMAND...: until the command succeeds. The deadline is there to end, not to measure.
await() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" > /dev/null 2>&1; do
    if ! kill -0 "$board" 2> /dev/null; then
      fail "the emulator ended while waiting for: $what"
    elif [ $SECONDS -ge "$end" ]; then
      fail "not within its deadline: $what"
    fi
    sleep 0.5
  done
  echo "device: $what"
}
fail() {
  echo "device: FAILED: $*" >&2
  tail -40 "$log" >&2
  exit 1
}

kubectl() { command kubectl --kubeconfig "$work/cluster/admin.kubeconfig" --request-timeout 10s "$@"; }
field() { # "[-n NAMESPACE ]KIND/NAME" JSONPATH
  local object
  read -ra object <<< "$1"
  kubectl get "${object[@]}" -o "jsonpath=$2"
}
port() { curl -fsS --max-time "${PORT_SECONDS:-10}" -H "Authorization: Bearer $port_token" "http://127.0.0.1:$serve/$1"; }
order() { curl -fsS --max-time 60 -H "Authorization: Bearer $port_token" -d "{\"command\":\"$1\"}" "http://127.0.0.1:$serve/pico/command" > /dev/null; }
condition() { field "node/$name" "{.status.conditions[?(@.type=='$1')].$2}"; }
is_ready() { [ "$(condition Ready status)" = True ]; }
# By the board's own clock alone: emulated, it falls behind on a busy machine.
renewed() { field "-n kube-node-lease lease/$name" '{.spec.renewTime}'; }
is_renewed_since() { [[ "$(renewed)" > "$1" ]]; }
is_reported() {
  [ "$(condition ConfigurationApplied status)" = True ] && [ "$(field "node/$name" '{.metadata.labels.room}')" = kitchen ] &&
    [ "$(field "node/$name" '{.metadata.annotations.picokubelet\.io/config-resource-version}')" = "$1" ]
}
logged() { grep -q -- "$1" "$log"; }

# at LINE: when the last such line was logged, in milliseconds of the board's clock
at() { sed -nE "s/^\[ *([0-9]+)\.([0-9]{3})\] .*$1.*/\1\2/p" "$log" | tail -1 | sed 's/^0*\(.\)/\1/'; }

# start_board SETTINGS LOG: on the same flash each time
start_board() {
  log=$2
  : > "$log"
  "$emulator" run . --settings "$1" --api "$api" --serve "$serve" --flash "$work/flash" < /dev/null > "$log" 2>&1 &
  board=$!
}

# must_leave BYTES: ends the board, and looks at the heap that it had free
must_leave() {
  local free
  stop_board
  sed -n '/^-- summary/,$p' "$log"
  free=$(sed -nE 's/^managed heap .* free after the last collection ([0-9,]+) B.*/\1/p' "$log" | tr -d ,)
  [ -n "$free" ] || fail "the emulator tells no free heap"
  [ "$free" -ge "$1" ] || fail "$free bytes of heap are free, fewer than $1"
  grep -q 'hard faults 0' "$log" || fail "a hard fault"
  echo "device: $free bytes of heap are free, at least $1 are to be"
}

# found_room: looks whether all that is to be kept was stored, and tells what was dropped for it
found_room() {
  ! grep -E 'not be stored|not kept|no room to keep' "$log" || fail "something found no room in the storage"
  sed -n 's/^.*files dropped.* files=/device: dropped to make room: /p' "$log"
}

# heartbeats COUNT: waits for as many
heartbeats() {
  local number before
  for number in $(seq "$1"); do
    before=$(renewed)
    await 300 "heartbeat $number more" is_renewed_since "$before"
  done
}

# start_pods: the same board with room for a pod, and samples/blink for it
start_pods() {
  samples/blink/build.sh "$work/blink.wasm"
  kubectl create configmap blink --from-file=blink.wasm="$work/blink.wasm" > /dev/null
  kubectl apply -f samples/blink/pod.yaml > /dev/null
  { echo '{"pods":{"max":1,"pins":[4]},'; sed '1s/^{//' "$work/board/picokubelet.json"; } > "$work/with-pods.json"
  start_board "$work/with-pods.json" "$work/console-with-pod"
  await 900 "started with room for a pod" logged 'room for pods'
  await 600 "a pod is scheduled, and runs" pod_runs
}
pod_runs() { [ "$(field pod/blink "{.status.phase} {.status.conditions[?(@.type=='Ready')].status}")" = 'Running True' ]; }

free_port() {
  while :; do
    serve=$((20000 + RANDOM % 10000))
    if ! (exec 3<> "/dev/tcp/127.0.0.1/$serve") 2> /dev/null; then return; fi
  done
}

# --- a cluster, and a board that is enrolled in it ------------------------------------------------------------------------------------------------

OWNER=$$ SCHEDULER=yes tests/control-plane/up.sh "$work/cluster" | sed 's/^/device: the control plane is /'
api=127.0.0.1:$(sed 's/.*://' "$work/cluster/url")
kubectl apply -k deploy/cluster > /dev/null
printf %s "$port_token" > "$work/port-token"

# 10.0.0.1 is in the API server's certificate, and no loopback address, which a board could not reach.
NO_COLOR=1 dotnet run --no-build --project src/PicoKubelet.Enroll -- "$name" --target PICO_RP2040_W --output "$work/board" \
  --kubeconfig "$work/cluster/admin.kubeconfig" --api-server "https://10.0.0.1:${api##*:}" --kubelet-token-file "$work/port-token" > "$work/enroll" ||
  { cat "$work/enroll" >&2; exit 1; }
echo "device: enrolled $name"
free_port
