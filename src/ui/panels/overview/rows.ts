import type { OverviewRow, OverviewSection, SectionId } from '../../../protocol/overview.ts';

/** What a row's link leads to, known to the host alone. */
export type Opening =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'volume'; readonly name: string }
  | { readonly kind: 'network'; readonly id: string }
  | { readonly kind: 'image'; readonly id: string }
  | { readonly kind: 'path'; readonly path: string };

/** A row with what the page is not told: the text that is copied, and where its link leads. */
export interface FullRow extends OverviewRow {
  readonly copies: string;
  readonly opening: Opening | undefined;
}

export interface FullGroup {
  readonly title: string;
  readonly rows: readonly FullRow[];
}

export interface FullSection extends OverviewSection {
  readonly groups: readonly FullGroup[];
}

export function row(key: string, label: string, parts: Partial<FullRow> = {}): FullRow {
  const copies = parts.copies ?? '';
  return {
    key,
    label,
    value: '',
    time: undefined,
    note: '',
    tone: 'plain',
    block: '',
    isSecret: false,
    opens: '',
    opening: undefined,
    ...parts,
    copies,
    canCopy: copies !== '',
  };
}

/** Rows that say something: one without a value is left out. */
export function said(rows: readonly FullRow[]): readonly FullRow[] {
  return rows.filter(({ value, time, block }) => value !== '' || time !== undefined || block !== '');
}

/** None without rows. */
export function section(
  id: SectionId,
  title: string,
  groups: readonly FullGroup[] | readonly FullRow[],
  note = '',
): readonly FullSection[] {
  const all = groups.flatMap((each): readonly FullGroup[] => ('rows' in each ? [each] : []));
  const rows = groups.flatMap((each) => ('rows' in each ? [] : [each]));
  const filled = [...(rows.length === 0 ? [] : [{ title: '', rows }]), ...all].filter(
    (group) => group.rows.length > 0,
  );
  return filled.length === 0 ? [] : [{ id, title, note, groups: filled }];
}

/** What the page gets to see. */
export function forPage(sections: readonly FullSection[]): readonly OverviewSection[] {
  return sections.map(({ groups, ...rest }) => ({
    ...rest,
    groups: groups.map(({ title, rows }) => ({
      title,
      rows: rows.map(({ copies: _copies, opening: _opening, ...shown }) => shown),
    })),
  }));
}
