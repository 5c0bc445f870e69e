# shellcheck shell=bash
# Shared by the scripts here: `. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"`. Goes to the top of the repository.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
# shellcheck disable=SC2034  # read by the scripts that source this file
{
  root=$PWD
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/amends
  target=${CARGO_TARGET_DIR:-$root/target}
}

say() { printf '%s\n' "$*" >&2; }
die() { say "${0##*/}: $*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# check NAME COMMAND...: runs it and prints one line that scripts/tally counts. Returns its status.
check() {
  local name=$1 start=$SECONDS status=0
  shift
  say "--- $name"
  "$@" || status=$?
  if [ "$status" = 0 ]; then
    echo "check: $name ... ok ($((SECONDS - start)) s)"
  else
    echo "check: $name ... FAILED (status $status, $((SECONDS - start)) s)"
  fi
  return "$status"
}

# build_workspace: every library and program into $target/debug, as `cargo test` builds them. To choose packages here would
# choose other features of their dependencies, and compile those once more.
build_workspace() { cargo build --quiet --workspace --lib --bins --tests; }

# host_lib shared|static: the file name cargo gives to amends-ffi on this machine.
host_lib() {
  case $1-$(uname -s) in
    static-*) echo libamends_ffi.a ;;
    shared-Darwin) echo libamends_ffi.dylib ;;
    *) echo libamends_ffi.so ;;
  esac
}

# put FILE DEST: copies only what changed, so that what is built from it is not built again for nothing.
put() {
  cmp -s "$1" "$2" && return
  mkdir -p "$(dirname "$2")"
  cp "$1" "$2.new"
  mv "$2.new" "$2"
}
