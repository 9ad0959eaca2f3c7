import type { ComponentType } from 'preact';
import type { ScreenName } from '../routes';

/** Where the script of each screen is. */
export const LOADERS: Readonly<Record<ScreenName, () => Promise<{ default: ComponentType }>>> = {
  chat: () => import('./chat'),
  keys: () => import('./keys'),
  models: () => import('./models'),
  configs: () => import('./configs'),
  agents: () => import('./agents'),
  audit: () => import('./audit'),
  status: () => import('./status'),
  settings: () => import('./settings'),
  stories: () => (__STORIES__ ? import('./stories') : import('./chat')),
};
