# Two small authorities: one for the API and its clients, and etcd's own, so that no client of the API can open etcd.

certificates=$plane/certificates

make_certificates() {
  # Younger than the others: a state folder that was kept may lack it.
  if [[ -f $certificates/complete && ! -f $certificates/kubelet-client.crt ]]; then
    signed kubelet-client /CN=kube-apiserver-kubelet-client ec clientAuth >"$(log_of certificates)" 2>&1
  fi
  if [[ -f $certificates/complete ]]; then return; fi
  needs openssl openssl
  local log
  log=$(log_of certificates)
  {
    self_signed ca llmconfig-local-ca keyCertSign,cRLSign,digitalSignature
    self_signed etcd etcd digitalSignature,keyCertSign DNS:localhost,IP:127.0.0.1
    signed apiserver /CN=kube-apiserver ec serverAuth \
      DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.96.0.1
    # RSA: the Java client reads EC keys only with an additional library.
    signed admin /O=system:masters/CN=admin rsa clientAuth
    signed kubelet-client /CN=kube-apiserver-kubelet-client ec clientAuth
    signed kube-controller-manager /CN=system:kube-controller-manager ec clientAuth
    signed kube-scheduler /CN=system:kube-scheduler ec clientAuth
    signed kwok /CN=kwok ec clientAuth
    new_key ec "$certificates/service-accounts.key"
    openssl pkey -in "$certificates/service-accounts.key" -pubout -out "$certificates/service-accounts.pub"
  } >"$log" 2>&1 || fail "openssl could not make the certificates" "$log"
  touch "$certificates/complete"
}

new_key() { # ec|rsa FILE
  case $1 in
    ec) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$2" ;;
    rsa) openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$2" ;;
  esac
}

self_signed() { # NAME COMMON-NAME KEY-USAGE [ALTERNATIVE-NAMES]
  new_key ec "$certificates/$1.key"
  openssl req -x509 -new -key "$certificates/$1.key" -subj "/CN=$2" -days 3650 -out "$certificates/$1.crt" \
    -addext "keyUsage=critical,$3" ${4:+-addext "subjectAltName=$4"}
}

signed() { # NAME SUBJECT ec|rsa USAGE [ALTERNATIVE-NAMES]
  local file=$certificates/$1
  new_key "$3" "$file.key"
  printf 'keyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=%s\n' "$4" >"$file.ext"
  if [[ -n ${5:-} ]]; then printf 'subjectAltName=%s\n' "$5" >>"$file.ext"; fi
  openssl req -new -key "$file.key" -subj "$2" -out "$file.csr"
  openssl x509 -req -in "$file.csr" -CA "$certificates/ca.crt" -CAkey "$certificates/ca.key" \
    -set_serial "0x$(openssl rand -hex 8)" -days 3650 -extfile "$file.ext" -out "$file.crt"
  rm "$file.csr" "$file.ext"
}
