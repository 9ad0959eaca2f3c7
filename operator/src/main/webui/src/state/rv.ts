/**
 * Whether a resourceVersion is older than another. Both are whole numbers of any length, written without leading
 * zeros; what is none is never called older, because nothing may be dropped by mistake.
 */
export function older(rv: string | undefined, than: string | undefined): boolean {
  if (rv === undefined || than === undefined || !WHOLE.test(rv) || !WHOLE.test(than)) {
    return false;
  }
  return rv.length === than.length ? rv < than : rv.length < than.length;
}

const WHOLE = /^(0|[1-9]\d*)$/;
