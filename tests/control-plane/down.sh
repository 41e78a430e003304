#!/usr/bin/env bash
# down.sh RUN                 stop what up.sh started in RUN
# down.sh RUN COMPONENT...    stop those of it alone, at once, as a crash would
#
# By pid, after checking that the pid is still that program. Stopping what does not run is no error.
set -uo pipefail
. "$(cd "$(dirname "$0")" && pwd)/common.sh"

run=${1:?usage: down.sh RUN [COMPONENT...]}
shift
# the open watches of scheduler and controller manager would keep the API server from a graceful end
signal=KILL
if [ $# = 0 ]; then
  signal=TERM
  set -- kube-scheduler kube-controller-manager kube-apiserver etcd
fi

rc=0
for name in "$@"; do
  pid=$(process_of "$run" "$name") || continue
  kill -$signal "$pid" 2> /dev/null
  # within ten seconds, then by force
  for _ in $(seq 200); do
    process_of "$run" "$name" > /dev/null || break
    sleep 0.05
  done
  if process_of "$run" "$name" > /dev/null; then
    kill -KILL "$pid" 2> /dev/null
    sleep 0.5
  fi
  if process_of "$run" "$name" > /dev/null; then
    echo "$name (pid $pid) does not end" >&2
    rc=1
    continue
  fi
  rm -f "$run/$name.pid"
done
exit $rc
