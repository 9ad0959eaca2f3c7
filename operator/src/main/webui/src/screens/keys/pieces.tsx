import type { Problem } from '../../api/problem';
import type { Provider } from '../../api/schema';
import { Button } from '../../parts/Button';
import { providerName } from '../../parts/providers';
import { keyForm } from '../../text/en';
import { KEY_PAGES } from './links';

/** What the forms of keys have in common. */
export function KeyPage({ provider }: { readonly provider: string }) {
  const page = KEY_PAGES[provider as Provider];
  return page === undefined ? null : (
    <a href={page} target="_blank" rel="noopener noreferrer nofollow">
      {keyForm.keyPage(providerName(provider))}
    </a>
  );
}

/** A Secret must have agreed to an endpoint that is not the provider's own; who may write it can say so here. */
export function consentOf(problem: Problem, agree: () => void) {
  return problem.reason === 'EndpointNotAllowed' && problem.extras.command !== undefined ? (
    <Button small onClick={agree}>
      {keyForm.consentAction}
    </Button>
  ) : undefined;
}

export function hostOf(endpoint: string): string {
  try {
    return new URL(endpoint).host;
  } catch {
    return endpoint;
  }
}

/** To the first field that is wrong, once it is marked. */
export function focusInvalid(form: HTMLElement | null): void {
  setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid=true], [data-invalid] input')?.focus());
}
