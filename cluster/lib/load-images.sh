# Bringing images of other people into the real node.

load_images() { # FILE NAME-OR-EMPTY
  local log names name
  log=$(log_of images)
  image_tar "$1" | ctr 600 images import --local --digests --skip-digest-for-named - >"$log" 2>&1 \
    || fail "could not load $1; it has to be a tar of docker save, or an OCI layout" "$log"
  mapfile -t names < <(sed -n 's/^unpacking \(.*\) (sha256:.*/\1/p' "$log")
  ((${#names[@]} > 0)) || fail "found no image in $1" "$log"
  if [[ -n $2 ]]; then
    ((${#names[@]} == 1)) || fail "$1 has ${#names[@]} names for images, so the name $2 would be ambiguous; leave it out"
    rename_image "${names[0]}" "$(full_name "$2")"
  else
    for name in "${names[@]}"; do
      if [[ $name == import-* ]]; then
        forget_image "$name"
        fail "an image in $1 carries no name; give it one: cluster/load $1 NAME:TAG"
      fi
      rename_image "$name" "$(full_name "$name")"
    done
  fi
}

# The tar inside, whatever it is wrapped in.
image_tar() { # FILE
  if [[ -d $1 ]]; then
    tar --create --directory "$1" .
  elif [[ $1 != - && $(head -c 2 "$1" | od -An -tx1) == " 1f 8b" ]]; then
    gzip --decompress --stdout "$1"
  else
    cat "$1"
  fi
}

rename_image() { # FROM TO; prints the name
  if [[ $1 != "$2" ]]; then
    ctr 20 images tag --force "$1" "$2" >/dev/null 2>&1 || {
      forget_image "$1"
      fail "'$2' is not a name that an image can have"
    }
    forget_image "$1"
  fi
  echo "$2"
}

forget_image() { ctr 20 images remove "$1" >/dev/null 2>&1 || true; } # NAME

# As the kubelet writes it: it looks for docker.io/library/NAME:latest where a pod says NAME.
full_name() { # NAME
  local name=$1 first=${1%%/*}
  if [[ $name != */* ]]; then
    name=docker.io/library/$name
  elif [[ $first != *[.:]* && $first != localhost ]]; then
    name=docker.io/$name
  fi
  if [[ ${name##*/} != *[:@]* ]]; then name+=:latest; fi
  echo "$name"
}
