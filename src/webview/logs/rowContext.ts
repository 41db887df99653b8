import type { MarkedRow } from '../../model/log.ts';

/** What the editor's menu is told of the place it is opened on: of the whole log, and of a row in it. */
export function logContext(ref: string): string {
  return JSON.stringify({ webviewSection: 'log', ref, preventDefaultContextMenuItems: true });
}

export function rowContext({ kind, row }: MarkedRow): string {
  return JSON.stringify({ webviewSection: kind, row });
}
