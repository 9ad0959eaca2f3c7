import { later } from '../../parts/later';

/** Their scripts come when somebody asks for one of them. */
export const DefaultDialog = later(async () => (await import('./DefaultDialog')).DefaultDialog);
export const DeleteDialog = later(async () => (await import('./DeleteDialog')).DeleteDialog);
