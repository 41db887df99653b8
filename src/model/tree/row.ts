import type { Localize } from '../../base/localize.ts';
import type { ChangeKind } from '../containerChanges.ts';

/** A tree row as plain data; `ui/tree/treeItem.ts` alone makes the editor's item of it. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon;
  /** What a screen reader says: a sentence that needs no icon. */
  readonly accessibleLabel: string;
  readonly contextValue: string;
  readonly expansion: 'none' | 'collapsed' | 'expanded';
  /** Drawn in the colour of disabled things: out of reach, or nothing a person named. */
  readonly isDimmed?: boolean;
  /** Drawn with the letter and the colour of such a change. */
  readonly change?: ChangeKind;
  /** Whether the row has a hover of its own, made when it is asked for. */
  readonly hasTooltip?: boolean;
  /** A command for a click, with the row's key as its argument. Rows of objects have none: a click selects. */
  readonly clickCommand?: string;
}

/** A codicon and a theme colour by their ids. */
export interface RowIcon {
  readonly id: string;
  readonly color?: string;
}

/** Whether two rows look, read and act alike. */
export function isSameRow(a: Row, b: Row): boolean {
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.accessibleLabel === b.accessibleLabel &&
    a.contextValue === b.contextValue &&
    a.icon.id === b.icon.id &&
    a.icon.color === b.icon.color &&
    a.expansion === b.expansion &&
    a.isDimmed === b.isDimmed &&
    a.change === b.change &&
    a.clickCommand === b.clickCommand
  );
}

export interface RowContext {
  readonly t: Localize;
  /** Milliseconds since the epoch: ages are counted from here. */
  readonly now: number;
}

/** Parts that say something, joined the way descriptions are. */
export function joinParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

/** Parts that say something, as one spoken sentence. */
export function spoken(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
