# Images without a registry: files in the forms that build tools write, and two small ones of our own.

# Only what is missing: a new node of the same state folder still has what was loaded.
load_own_images() {
  local name names
  names=$(ctr 20 images list --quiet 2>/dev/null) || fail "containerd does not list its images" "$(log_of containerd)"
  for name in pause:1 test-agent:1 test-agent:2; do
    if ! grep -qxF "llmconfig.dev/$name" <<<"$names"; then
      pack_image "llmconfig.dev/$name" "$node_folder/bin/${name%:*}" | ctr 60 images import --local - >"$(log_of images)" 2>&1 \
        || fail "could not load the image llmconfig.dev/$name" "$(log_of images)"
    fi
  done
}

ctr() { # SECONDS ARGUMENTS...
  local limit=$1
  shift
  inside "$limit" ctr --address "$containerd_socket" --namespace k8s.io "$@"
}

# An image with one static program in it and nothing else, as a tar of an OCI layout.
pack_image() { # NAME PROGRAM-FILE
  local folder program=${2##*/} layer config manifest
  folder=$(mktemp -d "$plane/run/image.XXXXXX")
  mkdir -p "$folder"/{root,layout/blobs/sha256}
  install -m 0555 "$2" "$folder/root/$program"
  chmod 0755 "$folder/root"
  pack "$folder/root" >"$folder/layer"
  layer=$(add_blob "$folder/layer")
  cat >"$folder/config" <<JSON
{"architecture": "$(go_architecture)", "os": "linux", "rootfs": {"type": "layers", "diff_ids": ["$layer"]},
 "config": {"User": "65532:65532", "Entrypoint": ["/$program"], "Env": ["PATH=/"]}}
JSON
  config=$(descriptor config.v1+json "$folder/config")
  layer=$(descriptor layer.v1.tar "$folder/layer")
  echo "{\"schemaVersion\": 2, \"config\": {$config}, \"layers\": [{$layer}]}" >"$folder/manifest"
  manifest=$(descriptor manifest.v1+json "$folder/manifest")
  echo "{\"schemaVersion\": 2, \"manifests\": [{$manifest, \"annotations\":
    {\"io.containerd.image.name\": \"$1\", \"org.opencontainers.image.ref.name\": \"${1##*:}\"}}]}" >"$folder/layout/index.json"
  echo '{"imageLayoutVersion": "1.0.0"}' >"$folder/layout/oci-layout"
  pack "$folder/layout"
  rm -rf "$folder"
}

# The same bytes give the same tar.
pack() { # FOLDER
  tar --create --directory "$1" --sort name --owner 0 --group 0 --numeric-owner --mtime @0 --format ustar .
}

add_blob() { # FILE; moves it into the layout beside it and prints its digest
  local digest
  digest=$(sha256sum <"$1")
  digest=${digest%% *}
  cp "$1" "${1%/*}/layout/blobs/sha256/$digest"
  echo "sha256:$digest"
}

descriptor() { # TYPE FILE
  printf '"mediaType": "application/vnd.oci.image.%s", "digest": "%s", "size": %s' \
    "$1" "$(add_blob "$2")" "$(stat -c %s "$2")"
}

go_architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) uname -m ;;
  esac
}
