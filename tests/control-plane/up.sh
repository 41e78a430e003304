#!/usr/bin/env bash
# up.sh RUN              start etcd, kube-apiserver and kube-controller-manager on 127.0.0.1, and kube-scheduler where it is asked for
# up.sh RUN COMPONENT    start again the one that `down.sh RUN COMPONENT` stopped, as it was
#
# RUN is the instance's own folder: data, certificates, logs, pids, and what a client needs: admin.kubeconfig, ca.crt,
# url, admin.token. Any number of instances run side by side, each on ports that it picks.
#
# KUBEBUILDER_ASSETS  folder with the programs (default: where build.sh puts them)
# SCHEDULER           set: kube-scheduler too
# NODE_GRACE          --node-monitor-grace-period (default 40s)
# NODE_PERIOD         --node-monitor-period       (default 5s)
# NODE_EVICTION_RATE  --node-eviction-rate, of how many silent nodes a second the pods are given up (default 0.1 as there);
#                     also where most nodes are silent, as long as one is not
# OWNER               pid of a process; when it ends, so does the instance
#
# Needs bash, coreutils, util-linux, openssl, curl.
set -euo pipefail
umask 077
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"

bin=${KUBEBUILDER_ASSETS:-${XDG_CACHE_HOME:-$HOME/.cache}/picokubelet/control-plane/bin}
mkdir -p "${1:?usage: up.sh RUN [COMPONENT]}"
run=$(cd "$1" && pwd)
again=${2:-}
pki=$run/pki
logs=$run/log
began=$(date +%s%N)

# --- processes ----------------------------------------------------------------

# launch NAME ARGUMENT...: in a session of its own, the program's own pid on file, the arguments kept for a restart
launch() {
  local name=$1
  shift
  printf '%s\0' "$@" > "$run/$name.args"
  setsid "$bin/$name" "$@" < /dev/null >> "$logs/$name.log" 2>&1 &
  echo $! > "$run/$name.pid"
  disown $!
}

# has_ended NAME: whether nothing is left of it; at first it is still the shell and then setsid
has_ended() {
  local exe
  exe=$(readlink "/proc/$(cat "$run/$1.pid")/exe" 2> /dev/null) || return 0
  case "${exe% (deleted)}" in
    */"$1" | */bash | */setsid) return 1 ;;
  esac
}

# await NAME SECONDS CURL-ARGUMENT...: until the URL answers
await() {
  local name=$1 end=$((SECONDS + $2))
  shift 2
  until curl -fsS -o /dev/null --max-time 5 "$@" 2> /dev/null; do
    if has_ended "$name"; then
      echo "$name ended:" >&2
      tail -20 "$logs/$name.log" >&2
      return 1
    fi
    if [ $SECONDS -ge $end ]; then
      echo "$name is not ready; see $logs/$name.log" >&2
      return 1
    fi
    sleep 0.1
  done
}

await_ready() {
  local as_admin=(--cacert "$pki/ca.crt" -H "Authorization: Bearer $token")
  case $1 in
    etcd) await etcd 30 "http://127.0.0.1:$etcd_port/health" ;;
    kube-apiserver) await kube-apiserver 90 "${as_admin[@]}" "$url/readyz" ;;
    kube-controller-manager)
      await kube-controller-manager 60 --cacert "$pki/ca.crt" "https://127.0.0.1:$kcm_port/healthz"
      # its controllers have begun once this namespace has its ServiceAccount
      await kube-controller-manager 60 "${as_admin[@]}" "$url/api/v1/namespaces/default/serviceaccounts/default"
      ;;
    kube-scheduler) await kube-scheduler 60 --cacert "$pki/ca.crt" "https://127.0.0.1:$scheduler_port/healthz" ;;
  esac
}

if [ -n "$again" ]; then
  . "$run/instance"
  if process_of "$run" "$again" > /dev/null; then
    echo "$again already runs" >&2
    exit 1
  fi
  mapfile -d '' -t arguments < "$run/$again.args"
  launch "$again" "${arguments[@]}"
  await_ready "$again"
  exit 0
fi

for name in "${components[@]}"; do
  [ -x "$bin/$name" ] || { echo "no $bin/$name" >&2; exit 1; }
  if process_of "$run" "$name" > /dev/null; then
    echo "$name already runs in $run; down.sh stops it" >&2
    exit 1
  fi
done

# --- ports and token ----------------------------------------------------------

# below the range that the kernel gives to outgoing connections, so that a restart finds its port free
pick_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    case " ${picked:-} " in *" $port "*) continue ;; esac
    if ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then break; fi
  done
  picked="${picked:-} $port"
  printf -v "$1" %s "$port"
}
pick_port api_port
pick_port etcd_port
pick_port etcd_peer_port
pick_port kcm_port
pick_port scheduler_port
url=https://127.0.0.1:$api_port

rm -rf "$run/etcd" "$pki" "$logs"
mkdir -p "$pki" "$logs"
mkdir -m 700 "$run/etcd"
token=$(openssl rand -hex 16)
printf '%s,admin,admin,"system:masters"\n' "$token" > "$run/tokens.csv"
declare -p url token etcd_port kcm_port scheduler_port > "$run/instance"

# --- certificates -------------------------------------------------------------

authority() { # NAME
  openssl ecparam -name prime256v1 -genkey -noout -out "$pki/$1.key"
  openssl req -x509 -new -key "$pki/$1.key" -subj "/CN=loopback-$1" -days 30 -sha256 -out "$pki/$1.crt" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign,digitalSignature
}

certificate() { # NAME SUBJECT USAGE EXTENSIONS CA
  openssl ecparam -name prime256v1 -genkey -noout -out "$pki/$1.key"
  openssl req -new -key "$pki/$1.key" -subj "$2" -out "$pki/$1.csr"
  printf 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=%s\n%s\n' "$3" "$4" > "$pki/$1.ext"
  openssl x509 -req -in "$pki/$1.csr" -CA "$pki/$5.crt" -CAkey "$pki/$5.key" -set_serial "0x$(openssl rand -hex 8)" \
    -days 30 -sha256 -extfile "$pki/$1.ext" -out "$pki/$1.crt" 2> /dev/null
}

authority ca
authority front-proxy-ca
certificate apiserver /CN=kube-apiserver serverAuth \
  "subjectAltName=DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:localhost,IP:127.0.0.1,IP:10.0.0.1" ca
certificate kcm-serving /CN=kube-controller-manager serverAuth "subjectAltName=DNS:localhost,IP:127.0.0.1" ca
certificate scheduler-serving /CN=kube-scheduler serverAuth "subjectAltName=DNS:localhost,IP:127.0.0.1" ca
certificate apiserver-kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client clientAuth '' ca
certificate kcm /CN=system:kube-controller-manager clientAuth '' ca
certificate scheduler /CN=system:kube-scheduler clientAuth '' ca
certificate front-proxy-client /CN=front-proxy-client clientAuth '' front-proxy-ca
openssl genrsa -out "$pki/sa.key" 2048 2> /dev/null
openssl rsa -in "$pki/sa.key" -pubout -out "$pki/sa.pub" 2> /dev/null

kubeconfig() { # FILE USER
  cat > "$1" << END
apiVersion: v1
kind: Config
clusters:
- name: loopback
  cluster:
    server: $url
    certificate-authority-data: $(base64 -w0 < "$pki/ca.crt")
users:
- name: me
  user: {$2}
contexts:
- name: loopback
  context: {cluster: loopback, user: me}
current-context: loopback
END
}
kubeconfig "$run/admin.kubeconfig" "token: \"$token\""
kubeconfig "$run/kcm.kubeconfig" \
  "client-certificate-data: $(base64 -w0 < "$pki/kcm.crt"), client-key-data: $(base64 -w0 < "$pki/kcm.key")"
kubeconfig "$run/scheduler.kubeconfig" \
  "client-certificate-data: $(base64 -w0 < "$pki/scheduler.crt"), client-key-data: $(base64 -w0 < "$pki/scheduler.key")"
cp "$pki/ca.crt" "$run/ca.crt"
printf %s "$url" > "$run/url"
printf %s "$token" > "$run/admin.token"

# --- start --------------------------------------------------------------------

# from here on a failure stops what was started; the logs stay
trap 'rc=$?; [ $rc = 0 ] || "$here/down.sh" "$run"' EXIT

# first of all, since the owner may end at any time
if [ -n "${OWNER:-}" ]; then
  setsid bash -c 'tail --pid="$1" -f /dev/null; exec "$2" "$3"' watch "$OWNER" "$here/down.sh" "$run" < /dev/null > /dev/null 2>&1 &
  disown $!
fi

launch etcd --name=loopback --data-dir="$run/etcd" --log-level=warn \
  --listen-client-urls="http://127.0.0.1:$etcd_port" --advertise-client-urls="http://127.0.0.1:$etcd_port" \
  --listen-peer-urls="http://127.0.0.1:$etcd_peer_port" --initial-advertise-peer-urls="http://127.0.0.1:$etcd_peer_port" \
  --initial-cluster="loopback=http://127.0.0.1:$etcd_peer_port"
await_ready etcd

issuer=https://kubernetes.default.svc.cluster.local
launch kube-apiserver \
  --bind-address=127.0.0.1 --advertise-address=127.0.0.1 --secure-port="$api_port" --endpoint-reconciler-type=none \
  --etcd-servers="http://127.0.0.1:$etcd_port" --cert-dir="$run/certs" \
  --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" --client-ca-file="$pki/ca.crt" \
  --kubelet-certificate-authority="$pki/ca.crt" --kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname \
  --kubelet-client-certificate="$pki/apiserver-kubelet-client.crt" --kubelet-client-key="$pki/apiserver-kubelet-client.key" \
  --token-auth-file="$run/tokens.csv" \
  --anonymous-auth=false --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true \
  --service-cluster-ip-range=10.0.0.0/24 \
  --service-account-issuer=$issuer --api-audiences=$issuer \
  --service-account-key-file="$pki/sa.pub" --service-account-signing-key-file="$pki/sa.key" \
  --requestheader-client-ca-file="$pki/front-proxy-ca.crt" --requestheader-allowed-names=front-proxy-client \
  --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
  --requestheader-extra-headers-prefix=X-Remote-Extra- \
  --proxy-client-cert-file="$pki/front-proxy-client.crt" --proxy-client-key-file="$pki/front-proxy-client.key"
await_ready kube-apiserver

# up to 1.23 there is a port without authentication besides, which is not wanted
minor=$("$bin/kube-controller-manager" --version | sed -E 's/.* v[0-9]+\.([0-9]+).*/\1/')
no_open_port=()
[ "$minor" -ge 23 ] || no_open_port=(--port=0)
eviction=()
[ -z "${NODE_EVICTION_RATE:-}" ] || eviction=(
  --node-eviction-rate="$NODE_EVICTION_RATE" --secondary-node-eviction-rate="$NODE_EVICTION_RATE" --large-cluster-size-threshold=0)
launch kube-controller-manager \
  --kubeconfig="$run/kcm.kubeconfig" --authentication-kubeconfig="$run/kcm.kubeconfig" --authorization-kubeconfig="$run/kcm.kubeconfig" \
  --bind-address=127.0.0.1 --secure-port="$kcm_port" "${no_open_port[@]}" \
  --tls-cert-file="$pki/kcm-serving.crt" --tls-private-key-file="$pki/kcm-serving.key" --client-ca-file="$pki/ca.crt" \
  --requestheader-client-ca-file="$pki/front-proxy-ca.crt" \
  --use-service-account-credentials=true --leader-elect=false \
  --root-ca-file="$pki/ca.crt" --service-account-private-key-file="$pki/sa.key" \
  --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" \
  --node-monitor-period="${NODE_PERIOD:-5s}" --node-monitor-grace-period="${NODE_GRACE:-40s}" ${eviction[@]+"${eviction[@]}"}
[ -z "${SCHEDULER:-}" ] || launch kube-scheduler \
  --kubeconfig="$run/scheduler.kubeconfig" --authentication-kubeconfig="$run/scheduler.kubeconfig" --authorization-kubeconfig="$run/scheduler.kubeconfig" \
  --bind-address=127.0.0.1 --secure-port="$scheduler_port" "${no_open_port[@]}" \
  --tls-cert-file="$pki/scheduler-serving.crt" --tls-private-key-file="$pki/scheduler-serving.key" --client-ca-file="$pki/ca.crt" \
  --leader-elect=false
await_ready kube-controller-manager
[ -z "${SCHEDULER:-}" ] || await_ready kube-scheduler

echo "up in $((($(date +%s%N) - began) / 1000000)) ms: $url, KUBECONFIG=$run/admin.kubeconfig"
