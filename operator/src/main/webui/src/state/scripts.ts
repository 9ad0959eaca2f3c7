/** What a new load of the page would take away, told by whoever has it: a question that is half written. */
export const unsaved = new Set<() => boolean>();

const RELOADED = 'llmconfig.reloaded';

/** What became of a script that could not be loaded. */
export type Missing =
  /** Nobody answers; it comes when the server does. */
  | 'away'
  /** The server has other scripts since an upgrade, and a person decides when the page is loaded anew. */
  | 'newer'
  /** The page is being loaded anew. */
  | 'reloading';

/**
 * After an upgrade the scripts of before are gone; the new page knows the new ones. It is loaded anew once, so that
 * it never loops, and not where that would lose anything. A server that is away has not been upgraded: a new load would
 * only end in the browser's own page of errors.
 */
export async function missing(reload: () => void = () => location.reload()): Promise<Missing> {
  if (!(await there())) {
    return 'away';
  }
  if ([...unsaved].some((would) => would()) || !first()) {
    return 'newer';
  }
  reload();
  return 'reloading';
}

export async function there(): Promise<boolean> {
  try {
    return (await fetch(document.baseURI, { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

/** A script came, so the next one that is missing is another story. */
export function came(): void {
  try {
    sessionStorage.removeItem(RELOADED);
  } catch {
    // Nothing was kept.
  }
}

function first(): boolean {
  try {
    const before = sessionStorage.getItem(RELOADED);
    sessionStorage.setItem(RELOADED, '1');
    return before === null;
  } catch {
    return false;
  }
}
