const namespace = 'http://www.w3.org/2000/svg';

/** Strokes on a 16 by 16 grid. */
const strokes = {
  up: 'M8 13V3M3.5 7.5 8 3l4.5 4.5',
  down: 'M8 3v10M3.5 8.5 8 13l4.5-4.5',
  wrap: 'M2 3.5h12M2 8h9.5a2.25 2.25 0 0 1 0 4.5H8M10 10.5l-2 2 2 2M2 12.5h3',
  clock: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 4.5V8l2.5 1.5',
  keys: 'M1.5 4h13v8h-13zM4 6.5h0M6.7 6.5h0M9.3 6.5h0M12 6.5h0M5 9.5h6',
  filter: 'M2 3.5h12M4.5 8h7M6.5 12.5h3',
  fold: 'M2.5 3h11M5.5 6.5h8M5.5 9.5h8M2.5 13h11M2 6.5l1.5 1.5L2 9.5',
  histogram: 'M2 13.5h12M3.5 11V8M6.5 11V5M9.5 11V7M12.5 11V2.5',
  fields:
    'M6 2.5c-1.4 0-2 .6-2 1.8v1.9C4 7.3 3.4 8 2.5 8 3.4 8 4 8.7 4 9.8v1.9c0 1.2.6 1.8 2 1.8m4-11c1.4 0 2 .6 2 1.8v1.9c0 1.1.6 1.8 1.5 1.8-.9 0-1.5.7-1.5 1.8v1.9c0 1.2-.6 1.8-2 1.8',
  columns: 'M2 3h12v10H2zM2 6h12M6 3v10M10 3v10',
  save: 'M3 2.5h8l2 2v9H3zM5.5 2.5v4h5v-4M5 13.5v-4h6v4',
  document: 'M4 1.5h5l3 3v10H4zM9 1.5v3h3M6 8h4M6 10.5h4',
  clear: 'M2 4h12M2 8h5.5M2 12h5.5M10 8l4.5 4.5m0-4.5L10 12.5',
  saved: 'M4 2.5h8v11L8 10.5l-4 3z',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9M7 7v4M9 7v4',
  check: 'm3 8.5 3.5 3.5 6.5-8',
  chevron: 'm6 4 4 4-4 4',
  expand: 'M3 2.5h10v11H3zM5.5 8h5M8 5.5v5',
  collapse: 'M3 2.5h10v11H3zM5.5 8h5',
  compare: 'M2 3h5v10H2zM9 3h5v10H9zM4 6h1M4 8.5h1M11 6h1M11 8.5h1',
  sortName: 'M2.5 3.5h7M2.5 8h5M2.5 12.5h3M12 3v9.5m-2-2 2 2 2-2',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9M10.3 10.3 14 14',
  pause: 'M5.5 3v10M10.5 3v10',
  close: 'm3.5 3.5 9 9m0-9-9 9',
  stopped: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M4 12l8-8',
  waiting: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11',
  copy: 'M5.5 2.5h8v8h-8zM10.5 10.5v3h-8v-8h3',
  eye: 'M1.5 8C3 5 5.3 3.5 8 3.5S13 5 14.5 8C13 11 10.7 12.5 8 12.5S3 11 1.5 8M8 6a2 2 0 1 1 0 4a2 2 0 0 1 0-4',
  eyeOff: 'M1.5 8C3 5 5.3 3.5 8 3.5S13 5 14.5 8C13 11 10.7 12.5 8 12.5S3 11 1.5 8M3 13.5l10-11',
  open: 'M9.5 2.5h4v4M13.5 2.5l-6 6M11.5 9v4.5h-9v-9H7',
  signal: 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z',
} as const;

export type IconName = keyof typeof strokes;

/** A picture in the colour of the text around it; what it stands for is said by its button. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', strokes[name]);
  svg.append(path);
  for (const [key, value] of Object.entries({ viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true' }))
    svg.setAttribute(key, value);
  return svg;
}
