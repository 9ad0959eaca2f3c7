# Everything that a command needs. Sets `here`, the folder of the commands.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
command=$(basename "$0")
umask 077

# shellcheck source=lib/say.sh
. "$here/lib/say.sh"
# shellcheck source=lib/state.sh
. "$here/lib/state.sh"
# shellcheck source=lib/ports.sh
. "$here/lib/ports.sh"
# shellcheck source=lib/processes.sh
. "$here/lib/processes.sh"
# shellcheck source=lib/ending.sh
. "$here/lib/ending.sh"
# shellcheck source=lib/binaries.sh
. "$here/lib/binaries.sh"
# shellcheck source=lib/build.sh
. "$here/lib/build.sh"
# shellcheck source=lib/certificates.sh
. "$here/lib/certificates.sh"
# shellcheck source=lib/kubeconfig.sh
. "$here/lib/kubeconfig.sh"
# shellcheck source=lib/debian.sh
. "$here/lib/debian.sh"
# shellcheck source=lib/chromium.sh
. "$here/lib/chromium.sh"
# shellcheck source=lib/node-network.sh
. "$here/lib/node-network.sh"
# shellcheck source=lib/node-cgroups.sh
. "$here/lib/node-cgroups.sh"
# shellcheck source=lib/node-files.sh
. "$here/lib/node-files.sh"
# shellcheck source=lib/node-images.sh
. "$here/lib/node-images.sh"
# shellcheck source=lib/load-images.sh
. "$here/lib/load-images.sh"
# shellcheck source=lib/node-inside.sh
. "$here/lib/node-inside.sh"
# shellcheck source=lib/node-programs.sh
. "$here/lib/node-programs.sh"
# shellcheck source=lib/node.sh
. "$here/lib/node.sh"
# shellcheck source=lib/components.sh
. "$here/lib/components.sh"
# shellcheck source=lib/sealed-secrets.sh
. "$here/lib/sealed-secrets.sh"
# shellcheck source=lib/start.sh
. "$here/lib/start.sh"

needs_linux

# For commands without options of their own.
only_help() { # ARGUMENTS
  case ${1:-} in
    "") ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) misuse "does not know '$1'" ;;
  esac
}
