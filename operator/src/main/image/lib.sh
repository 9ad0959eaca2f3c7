# The parts of bin/image, each of which gives the same bytes for the same input. Sourced, not run.

# The modules that the product uses (jdeps names them), and what is found by name at run time: elliptic curves of TLS, and DNS.
modules=java.base,java.management,java.naming,java.security.jgss,java.sql,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.naming.dns,jdk.unsupported
# Everything that the runtime and SQLite are linked with, and the resolver that name look-ups load.
c_libraries=(libc.so.6 libdl.so.2 libm.so.6 libpthread.so.0 libresolv.so.2 librt.so.1)

say() { echo "image: $*" >&2; }
fail() { echo "image: $*" >&2; exit 1; }
misuse() { echo "bin/image $1; see bin/image --help" >&2; exit 2; }
needs() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || fail "'$program' is needed and not on the PATH; install it from your package manager"
  done
}

locked() { # NAME FIELD: the version (2) or the SHA-256 (3) of an input
  awk -v name="$1" -v field="$2" '$1 == name { print $field }' operator/src/main/image/inputs.lock
}

# An image is made of known inputs or not at all: another one would be another image under the same name.
confirm() { # NAME FILE
  local have want
  want=$(locked "$1" 3)
  have=$(sha256sum "$2" | cut -d' ' -f1)
  [ "$have" = "$want" ] || fail "$1 is not the $(locked "$1" 2) of operator/src/main/image/inputs.lock (SHA-256 $have, expected ${want:-none}); use that one, or change the lock in a commit of its own"
}

java_version() { sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$1/release"; } # HOME

java_runtime() { # FOLDER
  confirm "jdk-$architecture" "$home/lib/modules"
  # Compressed once, with the layer: compressing it twice makes the image larger and the start slower.
  "$home/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress zip-0 \
    --output "$1" >"$work/jlink.log" 2>&1 || fail "jlink failed: $(tail -n 3 "$work/jlink.log")"
  # The runtime's own classes as they lie in memory, for the one form of objects that bin/jvm.options asks for: without it each
  # start takes half a second more. The collector is named because its layout depends on it, not on the machine.
  "$1/bin/java" -Xshare:dump -XX:+UseCompactObjectHeaders -XX:+UseG1GC -Xmx128m >"$work/jlink.log" 2>&1 ||
    fail "the archive of the runtime's classes could not be made: $(tail -n 3 "$work/jlink.log")"
  rm -f "$1/lib/jrt-fs.jar" "$1/lib/classlist"
}

c_library() { # FOLDER
  local package=libc6-$architecture cache=${XDG_CACHE_HOME:-$HOME/.cache}/llm-config-operator/image version file library
  version=$(locked "$package" 2)
  [ -n "$version" ] || fail "operator/src/main/image/inputs.lock names no $package; add its version and SHA-256"
  file=$cache/libc6_${version}_$architecture.deb
  if [ ! -r "$file" ]; then
    needs apt-get
    say "fetching the package libc6 $version"
    mkdir -p "$cache"
    (cd "$work" && timeout 180 apt-get download --option APT::Sandbox::User=root "libc6=$version") >"$work/apt.log" 2>&1 ||
      fail "the package libc6 $version cannot be fetched: $(tail -n 1 "$work/apt.log"); when a newer one has replaced it, change operator/src/main/image/inputs.lock"
    mv "$work"/libc6_*.deb "$file"
  fi
  confirm "$package" "$file"
  mkdir -p "$work/libc6" "$1/lib/$triplet" "$1/$(dirname "$loader")" "$1/licenses/libc6"
  dpkg-deb --extract "$file" "$work/libc6"
  for library in "${c_libraries[@]}"; do cp -L "$work/libc6/lib/$triplet/$library" "$1/lib/$triplet/$library"; done
  cp -L "$work/libc6/lib/$triplet/$(basename "$loader")" "$1/$loader"
  chmod +x "$1/$loader"
  cp "$work/libc6/usr/share/doc/libc6/copyright" "$1/licenses/libc6/copyright"
}

# SQLite's jar carries a library for every system and unpacks one at each start; a read-only root has no place for that.
one_native_library() { # APP
  local jar folder=$work/sqlite
  jar=$(echo "$1"/lib/sqlite-jdbc-*.jar)
  mkdir -p "$folder"
  (cd "$folder" && "$home/bin/jar" --extract --file "$jar")
  cp "$folder/org/sqlite/native/$native/libsqlitejdbc.so" "$1/native/libsqlitejdbc.so"
  confirm "sqlite-$architecture" "$1/native/libsqlitejdbc.so"
  rm -rf "$folder/org/sqlite/native" "$jar"
  # In the order of the alphabet, since a folder has none of its own.
  (cd "$folder" && find . -type f ! -name MANIFEST.MF -printf '%P\n' | LC_ALL=C sort >"$work/sqlite.files" &&
    "$home/bin/jar" --create --file "$jar" --date "$(stamp)" --manifest META-INF/MANIFEST.MF "@$work/sqlite.files")
}

# Of the packages of the page, whose build has put them into the jar.
page_licences() { # JAR FOLDER
  mkdir -p "$2/page"
  (cd "$work" && "$home/bin/jar" --extract --file "$OLDPWD/$1" webui/licenses.json)
  if [ -r "$work/webui/licenses.json" ]; then mv "$work/webui/licenses.json" "$2/page/licenses.json"; fi
}

# Each library's own licence and notice, as its jar brings them.
licences() { # FOLDER
  local jar name entry
  for jar in "$1"/app/lib/*.jar; do
    name=$(basename "$jar" .jar)
    for entry in $("$home/bin/jar" --list --file "$jar" | grep -iE '^(META-INF/)?(LICENSE|NOTICE|COPYING)[^/]*$' || true); do
      mkdir -p "$1/licenses/$name"
      (cd "$1/licenses/$name" && "$home/bin/jar" --extract --file "$jar" "$entry" && { [ -e "$(basename "$entry")" ] || mv "$entry" .; })
      rm -rf "$1/licenses/$name/META-INF"
    done
  done
}

# One file says how a JVM starts: the options of every JVM of ours, those of its kind, those of a container, the class path and the main class.
java_options() { # FILE...
  cat bin/jvm.options "$@" operator/src/main/image/container.options
  printf -- '-cp /app/llm-config-operator.jar:/app/llm-config-crds.jar'
  (cd "$work/libraries/app/lib" && LC_ALL=C printf ':/app/lib/%s' *.jar)
  printf '\ndev.llmconfig.cli.Main\n'
}

stamp() { date --utc --date "@$epoch" +%Y-%m-%dT%H:%M:%SZ; }

layer() { # FOLDER TAR
  find "$1" -type d -exec chmod 755 {} +
  find "$1" -type f -exec chmod u=rwX,go=rX {} +
  if [ -d "$1/tmp" ]; then chmod 1777 "$1/tmp"; fi
  tar --create --directory "$1" --file "$2" --format=ustar --sort=name --mtime "@$epoch" --owner 0 --group 0 --numeric-owner .
}

blob() { # FILE FOLDER: moves it to its digest, which is printed
  local digest
  digest=$(sha256sum "$1" | cut -d' ' -f1)
  mv "$1" "$2/blobs/sha256/$digest"
  echo "$digest"
}

descriptor() { # TYPE DIGEST FOLDER
  printf '{"mediaType":"%s","digest":"sha256:%s","size":%s}' "$1" "$2" "$(stat -c %s "$3/blobs/sha256/$2")"
}

image() { # FOLDER LAYER...
  local folder=$1 name digest differences='' descriptors='' names='' configuration manifest
  shift
  mkdir -p "$folder/blobs/sha256"
  for name in "$@"; do
    differences+="${differences:+,}\"sha256:$(sha256sum "$work/$name.tar" | cut -d' ' -f1)\""
    gzip -n -9 <"$work/$name.tar" >"$work/$name.tar.gz"
    digest=$(blob "$work/$name.tar.gz" "$folder")
    descriptors+="${descriptors:+,}$(descriptor application/vnd.oci.image.layer.v1.tar+gzip "$digest" "$folder")"
    names+="${names:+,}\"blobs/sha256/$digest\""
  done
  cat >"$work/configuration" <<TEXT
{"architecture":"$architecture","os":"linux","created":"$(stamp)","config":{"User":"65532:65532","WorkingDir":"/tmp","Env":["PATH=/jre/bin","LANG=C.UTF-8","HOME=/tmp"],"Entrypoint":["/jre/bin/java","@/app/jvm.options"],"Cmd":["--help"],"Labels":{"org.opencontainers.image.title":"llm-config-operator","org.opencontainers.image.description":"Keeps the LLM settings of agents in Git, and rolls them out only when they were proven to work.","org.opencontainers.image.version":"$version","org.opencontainers.image.revision":"$revision","org.opencontainers.image.source":"$(repository)","org.opencontainers.image.licenses":"Apache-2.0"}},"rootfs":{"type":"layers","diff_ids":[$differences]},"history":[$(history "$@")]}
TEXT
  configuration=$(blob "$work/configuration" "$folder")
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s]}' \
    "$(descriptor application/vnd.oci.image.config.v1+json "$configuration" "$folder")" "$descriptors" >"$work/manifest"
  manifest=$(blob "$work/manifest" "$folder")
  printf '{"imageLayoutVersion":"1.0.0"}' >"$folder/oci-layout"
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%s,"platform":{"architecture":"%s","os":"linux"},"annotations":{"io.containerd.image.name":"%s","org.opencontainers.image.ref.name":"%s"}}]}' \
    "$manifest" "$(stat -c %s "$folder/blobs/sha256/$manifest")" "$architecture" "$(image_name)" "$version" >"$folder/index.json"
  # For `docker load` of those that know no OCI layout.
  printf '[{"Config":"blobs/sha256/%s","RepoTags":["%s"],"Layers":[%s]}]' "$configuration" "$(image_name)" "$names" >"$folder/manifest.json"
}

history() { # LAYER...
  local name all=''
  for name in "$@"; do all+="${all:+,}{\"created\":\"$(stamp)\",\"created_by\":\"bin/image\",\"comment\":\"$name\"}"; done
  printf '%s' "$all"
}

repository() { sed -n 's/^repository *= *//p' operator/src/main/image/name.properties; }
image_name() { echo "$(sed -n 's/^image *= *//p' operator/src/main/image/name.properties):$version"; }

image_digest() { sed 's/.*"digest":"\(sha256:[0-9a-f]*\)".*/\1/' "$1/index.json"; } # FOLDER

pack() { # FOLDER TAR
  tar --create --directory "$1" --file "$2" --format=ustar --sort=name --mtime "@$epoch" --owner 0 --group 0 --numeric-owner --mode u=rwX,go=rX \
    oci-layout index.json manifest.json blobs
}
