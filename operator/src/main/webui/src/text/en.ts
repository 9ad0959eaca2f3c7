/**
 * Every word of the page, in one place; another language is another such file. One part for each screen, so that the
 * words of a screen are loaded with it.
 */
export { keyField, login, shell, states } from './en/shell';
export { combobox, diff, parameters, table } from './en/parts';
export { changes, conflict, impact, owners } from './en/changes';
export { keyChange, keyDetails, keyForm, keys, keyWords } from './en/keys';
export { exchange } from './en/exchange';
export { providerNames } from './en/providers';
export { settings } from './en/settings';
export { help, palette } from './en/palette';
export { format } from './en/format';
