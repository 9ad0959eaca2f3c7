/** Our own few signs, drawn with one stroke, so that no font and no picture is loaded for them. */
const PATHS = {
  chat: 'M3 4h14v9H9l-4 3.5V13H3z',
  keys: 'M12.5 3.5a4 4 0 1 1-3.4 6.1L3 15.7V17h3v-2h2v-2h1.2M14 6.5h.01',
  models: 'M10 3l6.5 3.5L10 10 3.5 6.5zM3.5 10L10 13.5 16.5 10M3.5 13.5L10 17l6.5-3.5',
  configs: 'M3 6h7M14 6h3M3 14h3M10 14h7M12 4v4M8 12v4',
  agents: 'M4 5h12v8H4zM7 17h6M10 13v4M8 8.5v1M12 8.5v1',
  audit: 'M5 3h10v14H5zM8 7h4M8 10h4M8 13h2',
  status: 'M3 10h3l2-5 4 10 2-5h3',
  settings: 'M10 7.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM10 3v2M10 15v2M3 10h2M15 10h2M5 5l1.5 1.5M13.5 13.5L15 15M15 5l-1.5 1.5M6.5 13.5L5 15',
  stories: 'M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM11 11h5v5h-5z',
  check: 'M4 10.5l4 4 8-9',
  cross: 'M5 5l10 10M15 5L5 15',
  alert: 'M10 3l7.5 13.5h-15zM10 8v4M10 14.2v.1',
  info: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 9v5M10 6.3v.1',
  clock: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4l3 2',
  pause: 'M7 4v12M13 4v12',
  help: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM8 8a2 2 0 1 1 2.6 1.9c-.4.2-.6.5-.6 1.1M10 13.8v.1',
  user: 'M10 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM4 16.5c.8-2.8 3-4 6-4s5.200 1.200 6 4',
  search: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM12.700 12.700L17 17',
  star: 'M10 3l2.100 4.500 4.900.6-3.600 3.400.9 4.900L10 14l-4.300 2.400.9-4.900L3 8.100l4.900-.6z',
  more: 'M10 4.500v.1M10 10v.1M10 15.400v.1',
  down: 'M5 8l5 5 5-5',
  right: 'M8 5l5 5-5 5',
  arrow: 'M4 10h12M12 6l4 4-4 4',
  plus: 'M10 4v12M4 10h12',
  copy: 'M7 7h9v9H7zM13 7V4H4v9h3',
  eye: 'M2.500 10S5 5 10 5s7.500 5 7.500 5-2.500 5-7.500 5-7.500-5-7.500-5zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  lock: 'M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 6 0V9',
  refresh: 'M16 10a6 6 0 1 1-1.800-4.300M16 3v3.500h-3.500',
  minus: 'M4 10h12',
  link: 'M8 12l4-4M9 6l1.500-1.500a3.200 3.200 0 0 1 4.500 4.500L13.500 10.500M11 14l-1.500 1.500a3.200 3.200 0 0 1-4.500-4.500L6.500 9.500',
  trash: 'M4 6h12M8 6V4h4v2M6 6l.7 11h6.600L14 6',
  play: 'M6 4l10 6-10 6z',
  stop: 'M5.500 5.500h9v9h-9z',
  blank: '',
  edit: 'M4 16l.8-3.500L13 4.300 15.700 7l-8.200 8.200z',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: what it means is said in words beside it. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
      class="icon"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
