import { setAttributes } from './dom.ts';

type Shape = readonly [tag: 'path' | 'circle' | 'rect', attributes: Readonly<Record<string, string>>];

const path = (d: string): Shape => ['path', { d }];
const ring: Shape = ['circle', { cx: '8', cy: '8', r: '6.4' }];
const dot = (cx: string): Shape => [
  'circle',
  { cx, cy: '8', r: '1.4', fill: 'currentColor', stroke: 'none' },
];
/** The part of a filled sign that is cut out of it. */
const bang = (d: string, cy: string): readonly Shape[] => [
  ['path', { d, class: 'sign-stroke', 'stroke-width': '1.9' }],
  ['circle', { cx: '8', cy, r: '1.1', class: 'sign-fill', stroke: 'none' }],
];
const solid = (d: string): Shape => ['path', { d, fill: 'currentColor', stroke: 'none' }];

/** Drawn on 16 by 16, outlined unless a shape says otherwise. */
const SHAPES = {
  clock: [ring, path('M8 4.4V8l2.5 1.6')],
  check: [path('m3 8.6 3.2 3.2L13 4.6')],
  calm: [ring, path('m5.2 8.2 2 2 3.6-4.2')],
  note: [
    ring,
    path('M8 7.4v3.8'),
    ['circle', { cx: '8', cy: '4.9', r: '1', fill: 'currentColor', stroke: 'none' }],
  ],
  stack: [['rect', { x: '2', y: '6.4', width: '12', height: '7.4', rx: '1.8' }], path('M4 4.2h8M5.6 2h4.8')],
  lock: [
    ['rect', { x: '3', y: '7', width: '10', height: '7', rx: '1.8' }],
    path('M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2'),
  ],
  down: [path('m3.8 6.2 4.2 4.2 4.2-4.2')],
  right: [path('m6.2 3.8 4.2 4.2-4.2 4.2')],
  copy: [
    ['rect', { x: '5.4', y: '5.4', width: '8', height: '8.8', rx: '1.6' }],
    path('M10.6 5V3.2a1.4 1.4 0 0 0-1.4-1.4H4a1.4 1.4 0 0 0-1.4 1.4v6.2A1.4 1.4 0 0 0 4 10.8h1'),
  ],
  more: [dot('3.2'), dot('8'), dot('12.8')],
  finger: [
    path('M3.2 6.4A5.2 5.2 0 0 1 8 2.8a5.2 5.2 0 0 1 5.2 5.2c0 1.6-.1 2.8-.5 4'),
    path('M2.8 11.4c.3-1 .4-2 .4-3.4'),
    path('M5.2 13.4c.5-1.5.7-3.2.7-5.2a2.1 2.1 0 0 1 4.2 0c0 2.3-.3 4.1-.9 6'),
    path('M8 8c0 2.5-.3 4.3-.9 6.2'),
  ],
  link: [
    path(
      'M6.6 9.4 9.4 6.6M7.2 4.6l1.2-1.2a3 3 0 0 1 4.2 4.2l-1.2 1.2M8.8 11.4l-1.2 1.2a3 3 0 0 1-4.2-4.2l1.2-1.2',
    ),
  ],
  shield: [path('M8 1.6 13.4 3.6v4c0 3.2-2.2 5.6-5.4 6.8-3.2-1.2-5.4-3.6-5.4-6.8v-4z')],
  gear: [
    ['circle', { cx: '8', cy: '8', r: '2.2' }],
    path(
      'M8 1.6v2M8 12.4v2M1.6 8h2M12.4 8h2M3.5 3.5l1.4 1.4M11.1 11.1l1.4 1.4M3.5 12.5l1.4-1.4M11.1 4.9l1.4-1.4',
    ),
  ],
  high: [solid('M5 .9h6L15.1 5v6L11 15.1H5L.9 11V5z'), ...bang('M8 4v5', '11.7')],
  caution: [
    solid(
      'M8 1.2c.5 0 .9.25 1.15.7l5.6 10.4c.5.9-.15 2-1.15 2H2.4c-1 0-1.65-1.1-1.15-2l5.6-10.4c.25-.45.65-.7 1.15-.7z',
    ),
    ...bang('M8 5.6v3.6', '11.7'),
  ],
} as const satisfies Record<string, readonly Shape[]>;

export type IconName = keyof typeof SHAPES;

const SVG = 'http://www.w3.org/2000/svg';

/** An icon is decoration: the words beside it say the same. */
export function icon(name: IconName, classes = ''): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  setAttributes(svg, {
    class: `icon ${classes}`.trim(),
    viewBox: '0 0 16 16',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.5',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  });
  svg.append(...SHAPES[name].map(([tag, attributes]) => draw(tag, attributes)));
  return svg;
}

const BOW_AND_BLADE =
  'M6 4.2a5 5 0 1 0 4.74 6.6H15v3.1a.6.6 0 0 0 .6.6h1a.6.6 0 0 0 .6-.6v-3.1h1.6v3.9a.6.6 0 0 0 .6.6h1a.6.6 0 0 0 .6-.6V8.4a.8.8 0 0 0-.8-.8H10.74A5 5 0 0 0 6 4.2zM6 7.2a2 2 0 1 1 0 4 2 2 0 0 1 0-4z';

/** The key on its tile: the one picture by which a person knows whose window this is. */
export function appIcon(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  setAttributes(svg, { class: 'app-icon', viewBox: '0 0 40 40', role: 'img', 'aria-label': 'Latchkey' });
  const key = draw('g', { transform: 'translate(20 20) rotate(-45) scale(1.32) translate(-11.4 -9.4)' });
  key.append(draw('path', { 'fill-rule': 'evenodd', fill: '#e3c27b', d: BOW_AND_BLADE }));
  svg.append(
    draw('rect', {
      x: '.5',
      y: '.5',
      width: '39',
      height: '39',
      rx: '9.5',
      fill: '#253447',
      stroke: 'rgba(255,255,255,.14)',
    }),
    key,
  );
  return svg;
}

/** The seconds until Allow arms, with an arc around them that shrinks. */
export function armingRing(): { readonly svg: SVGElement; readonly figure: SVGElement } {
  const svg = document.createElementNS(SVG, 'svg');
  setAttributes(svg, { class: 'ring', viewBox: '0 0 24 24', 'aria-hidden': 'true' });
  const circle = { cx: '12', cy: '12', r: '8.2', fill: 'none', 'stroke-width': '2' };
  const figure = draw('text', { x: '12', y: '15.4', 'text-anchor': 'middle' });
  svg.append(
    draw('circle', { ...circle, class: 'track' }),
    draw('circle', { ...circle, class: 'arc', transform: 'rotate(-90 12 12)' }),
    figure,
  );
  return { svg, figure };
}

function draw(
  tag: 'g' | 'path' | 'circle' | 'rect' | 'text',
  attributes: Readonly<Record<string, string>>,
): SVGElement {
  const element = document.createElementNS(SVG, tag);
  setAttributes(element, attributes);
  return element;
}
