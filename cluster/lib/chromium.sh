# The browser of the tests of the page: $CHROMIUM, or one on the PATH, or that of Debian, unpacked into the cache.

# Prints the program; fails with a sentence.
find_chromium() {
  local name
  if [[ -n ${CHROMIUM:-} ]]; then
    [[ -x $CHROMIUM ]] || fail "CHROMIUM is '$CHROMIUM', which is no program; give the path of a Chromium, or unset it"
    echo "$CHROMIUM"
    return
  fi
  for name in chromium chromium-browser google-chrome; do
    if type -P "$name"; then return; fi
  done
  # Whatever runs without a system around it brings no fonts.
  fetch_once chromium "the tests of the page need it; install the package chromium, or set CHROMIUM to a Chromium of your own" \
    fonts-dejavu-core fonts-liberation
  fetched_chromium
}

# A program of the cache that starts the unpacked one with its own libraries and fonts.
fetched_chromium() {
  local root libraries='' folder
  root=$(package_folder chromium)
  if [[ ! -x $root/chromium ]]; then
    [[ -x $root/usr/lib/chromium/chromium ]] \
      || fail "the package chromium holds no usr/lib/chromium/chromium; install a Chromium, and set CHROMIUM to its path"
    while read -r folder; do libraries+=${libraries:+:}$folder; done < <(
      find "$root/usr/lib" "$root/lib" -name '*.so*' -not -path '*/chromium/*' -printf '%h\n' 2>/dev/null | sort -u
    )
    umask 022
    cat >"$root/fonts.conf" <<XML
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>$root/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
XML
    cat >"$root/.chromium-$$" <<SH
#!/bin/sh
export LD_LIBRARY_PATH="$libraries\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}" FONTCONFIG_FILE="$root/fonts.conf"
exec "$root/usr/lib/chromium/chromium" "\$@"
SH
    chmod 755 "$root/.chromium-$$"
    mv "$root/.chromium-$$" "$root/chromium"
    umask 077
  fi
  echo "$root/chromium"
}
