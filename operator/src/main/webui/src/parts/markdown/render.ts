import createPurifier from 'dompurify';
import { html } from './html';
import { tidied, type Labels } from './tidied';

/** Everything else is shown as it was written, or not at all. */
const TAGS = [
  ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'pre', 'code'],
  ...['strong', 'b', 'em', 'i', 'del', 's', 'sub', 'sup', 'kbd', 'a'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
];

/**
 * Parses and cleans a text; what comes back is inert, and showing it makes no request. It is cleaned by the only
 * policy that the page's rules allow to make HTML of text.
 */
export function render(text: string, labels: Labels): DocumentFragment {
  const fragment = createPurifier.sanitize(html(text), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['href', 'class', 'align', 'start', 'title'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^https?:\/\//i,
    RETURN_DOM_FRAGMENT: true,
  });
  return tidied(fragment, labels);
}
