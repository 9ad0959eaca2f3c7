# Talking to the person at the keyboard. Progress and errors go to stderr: stdout belongs to results.

say() { printf 'cluster: %s\n' "$*" >&2; }

# One sentence, and the last lines of a log file where they tell more than the sentence.
fail() {
  printf 'cluster/%s: %s\n' "$command" "$1" >&2
  if [[ -n ${2:-} && -s $2 ]]; then
    printf 'The last lines of %s:\n' "$2" >&2
    tail -n 15 "$2" | cut -c1-400 | sed 's/^/  | /' >&2
  fi
  exit 1
}

misuse() {
  printf 'cluster/%s: %s; see cluster/%s --help\n' "$command" "$1" "$command" >&2
  exit 2
}

needs() {
  command -v "$1" >/dev/null || fail "needs the program '$1', which is not on the PATH; install the package $2"
}

needs_linux() {
  [[ $(uname -s) == Linux ]] \
    || fail "needs Linux and this is $(uname -s); run it in a Linux virtual machine, or set KUBECONFIG to a cluster of your own"
}
