import { fill } from '../../base/fill.ts';
import { mask } from '../../model/secretVariable.ts';
import type { OverviewRow, OverviewStrings } from '../../protocol/overview.ts';
import { button, element } from '../dom.ts';
import { type IconName, icon } from '../icons.ts';
import { named } from './focus.ts';
import type { Times } from './times.ts';

export interface RowOptions {
  readonly strings: OverviewStrings;
  readonly times: Times;
  /** Of a masked row; undefined while it is masked. */
  readonly revealed: string | undefined;
  readonly onCopy: (key: string) => void;
  readonly onOpen: (key: string) => void;
  readonly onReveal: (key: string, isShown: boolean) => void;
}

/** What something is called, and what it is, with what can be done with it. */
export function rowView(row: OverviewRow, options: RowOptions): HTMLElement {
  const { label, time, note, tone, block } = row;
  const value = element('dd', { class: 'cell' }, ...valueParts(row, options));
  // Where only a time stands in front there is no other name for it.
  const name = label === '' && time !== undefined ? options.times.element(time) : label;
  if (note !== '') value.append(element('span', { class: label === '' ? `note ${tone}` : 'note' }, note));
  value.append(...buttons(row, options));
  if (block !== '') value.append(element('pre', { tabindex: '0' }, block));
  return element('div', { class: 'row' }, element('dt', {}, name), value);
}

function valueParts(row: OverviewRow, options: RowOptions): readonly (Node | string)[] {
  const { key, label, value, time, tone, isSecret, canCopy, opens } = row;
  if (isSecret) {
    const { revealed, strings } = options;
    return revealed === undefined
      ? [element('span', { class: 'masked', 'aria-label': strings.masked, role: 'img' }, mask)]
      : [element('span', { class: 'value code' }, revealed)];
  }
  if (time !== undefined) return label === '' ? [] : [options.times.element(time)];
  if (value === '') return [];
  if (opens === '') return [element('span', { class: `value ${tone}${canCopy ? ' code' : ''}` }, value)];
  const link = element('button', { type: 'button', class: 'link value code', title: opens }, value);
  link.addEventListener('click', () => {
    options.onOpen(key);
  });
  return [named(link, `${key}#open`)];
}

function buttons(row: OverviewRow, options: RowOptions): readonly HTMLElement[] {
  const { key, label, isSecret, canCopy } = row;
  const { strings, revealed } = options;
  const made = (name: string, picture: IconName, what: string, press: () => void): HTMLElement =>
    named(button(fill(name, { name: label }), icon(picture), press), `${key}#${what}`);
  const isShown = revealed !== undefined;
  return [
    ...(isSecret
      ? [
          made(isShown ? strings.hide : strings.show, isShown ? 'eyeOff' : 'eye', 'show', () => {
            options.onReveal(key, !isShown);
          }),
        ]
      : []),
    ...(canCopy
      ? [
          made(strings.copy, 'copy', 'copy', () => {
            options.onCopy(key);
          }),
        ]
      : []),
  ];
}
