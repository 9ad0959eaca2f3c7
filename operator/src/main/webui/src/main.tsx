import './style/tokens.css';
import './style/base.css';
import './style/parts.css';
import './style/shell.css';
import { render } from 'preact';
import { App } from './app';
import { followHash } from './routes';
import { begin } from './state/session';
import { tick } from './state/clock';
import { listen } from './state/shortcuts';
import { keepPreferences } from './state/ui';

keepPreferences();
tick();
listen();
// The one-time token leaves the address before anything reads it as a route.
void begin();
// The printed address, opened in a tab where the page is already, loads nothing anew.
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#login=')) {
    void begin();
  }
});
followHash();
render(<App />, document.getElementById('app') as HTMLElement);
