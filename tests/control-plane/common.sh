# Sourced by up.sh and down.sh.

components=(etcd kube-apiserver kube-controller-manager)
[ -z "${SCHEDULER:-}" ] || components+=(kube-scheduler)

# process_of RUN NAME: the pid of a component that up.sh started, if it still is that program
process_of() {
  local pid exe
  pid=$(cat "$1/$2.pid" 2> /dev/null) && [ -n "$pid" ] || return 1
  exe=$(readlink "/proc/$pid/exe" 2> /dev/null) || return 1
  case "${exe% (deleted)}" in
    */"$2") echo "$pid" ;;
    *) return 1 ;;
  esac
}
