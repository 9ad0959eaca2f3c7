# Two things for the real node that Go cannot build: the program nft, which kube-proxy calls, and libseccomp, which runc
# is linked with. Where the system lacks one, its Debian package is unpacked into the cache: nothing is installed, and
# apt checks signatures as ever. The browser of the tests comes the same way (chromium.sh).

fetch_missing_packages() {
  local package
  if [[ ! -x $(find_binary runc) ]]; then needs "${CC:-cc}" gcc; fi
  for package in $(missing_packages); do
    fetch_once "$package" \
      "the real node needs it; install the package $package (libseccomp-devel where there is no libseccomp-dev)"
  done
}

fetch_once() { # PACKAGE REMEDY [MORE PACKAGES]
  mkdir -p "$cache" 2>/dev/null || fail "cannot create $cache; set XDG_CACHE_HOME to a folder that you may write"
  exec 8<"$cache"
  flock --wait 600 8 || fail "another checkout has been building for ten minutes; wait for it, or end it"
  umask 022 # programs are no secret
  if [[ ! -d $(package_folder "$1") ]]; then fetch_package "$@"; fi
  umask 077
  exec 8<&-
}

missing_packages() {
  if [[ -z $(nft_folder) ]]; then echo nftables; fi
  if [[ ! -x $(find_binary runc) && ! -d $(package_folder libseccomp-dev) ]] && ! has_seccomp_headers; then
    echo libseccomp-dev
  fi
}

package_folder() { echo "$cache/debian-$1-$(uname -m)"; } # PACKAGE

fetch_package() { # PACKAGE REMEDY [MORE PACKAGES]
  local partial=$cache/.building-$1-$$ remedy=$2
  set -- "$1" "${@:3}"
  if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    fail "found no $1 and no apt-get to fetch it with; $remedy"
  fi
  say "fetching the package $1 into the cache, because it is not installed"
  mkdir -p "$partial"/{archives,lists}/partial "$partial/root"
  # The second attempt is with an index of our own: that of the system may be empty or out of date.
  if ! { download "$partial" '' "$@" || { refresh_index "$partial" && download "$partial" "$partial/lists" "$@"; }; } \
    >"$partial.log" 2>&1; then
    rm -rf "$partial"
    fail "could not fetch the package $1; $remedy" "$partial.log"
  fi
  find "$partial/archives" -name '*.deb' -exec dpkg-deb --extract {} "$partial/root" \;
  mv "$partial/root" "$(package_folder "$1")"
  rm -rf "$partial" "$partial.log"
}

download() { # FOLDER LISTS PACKAGES
  timeout 300 apt-get install --download-only --no-install-recommends --assume-yes --option Debug::NoLocking=1 \
    --option APT::Sandbox::User=root --option "Dir::Cache::archives=$1/archives" ${2:+--option "Dir::State::lists=$2"} "${@:3}"
}

refresh_index() { # FOLDER
  timeout 180 apt-get update --option Debug::NoLocking=1 --option APT::Sandbox::User=root --option "Dir::State::lists=$1/lists"
}

# Prints where nft is.
nft_folder() {
  local found
  found=$(command -v nft) || found=$(package_folder nftables)/usr/sbin/nft
  if [[ -x $found ]]; then dirname "$found"; fi
}

# Prints where the libraries of a fetched package are, for a program or a compiler that looks for them.
library_folder() { # PACKAGE
  find "$(package_folder "$1")/usr/lib" -maxdepth 1 -name '*-linux-gnu*' 2>/dev/null | head -n 1
}

# Says how runc, the one program with C in it, is compiled and linked; fails when there is no libseccomp. The flags are
# ours and not those of pkg-config, because that need not be installed and knows nothing of the cache.
cgo_for_runc() {
  local fetched
  fetched=$(package_folder libseccomp-dev)
  export CGO_ENABLED=1 GOFLAGS="-mod=readonly -tags=seccomp" PKG_CONFIG=true CGO_LDFLAGS=-lseccomp CGO_CFLAGS=-O2
  if ! has_seccomp_headers; then
    [[ -d $fetched ]] || return 1
    CGO_CFLAGS+=" '-I$fetched/usr/include'"
    CGO_LDFLAGS="'-L$(library_folder libseccomp-dev)' -lseccomp"
  fi
}

has_seccomp_headers() { echo '#include <seccomp.h>' | "${CC:-cc}" -E - >/dev/null 2>&1; }
