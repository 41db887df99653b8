import { formatBytes, oneLine } from '../../base/format.ts';
import { type FileEntry, kindBehind } from '../fileEntry.ts';
import { shownFileName } from '../fileName.ts';
import { fileKey, type FilePlace } from '../filePlace.ts';
import { modeText } from '../modeText.ts';
import { contextValue } from './contextValue.ts';
import type { FileNode, FileNoticeNode } from './nodes.ts';
import { joinParts, type Row, type RowContext, spoken } from './row.ts';

export function fileNode(place: FilePlace, path: string, entry: FileEntry): FileNode {
  return { kind: 'file', key: fileKey(place, path), engineId: place.engineId, place, path, entry };
}

export function fileNoticeNode(place: FilePlace, folder: string, message: string): FileNoticeNode {
  // No file has a zero in its path.
  return { kind: 'fileNotice', key: `${fileKey(place, folder)}\0`, engineId: place.engineId, message };
}

export function fileRow(node: FileNode, { t }: RowContext): Row {
  const { entry } = node;
  const behind = kindBehind(entry);
  const label = oneLine(shownFileName(entry.name));
  const target = entry.link === undefined ? '' : `→ ${oneLine(shownFileName(entry.link.target), 120)}`;
  const isBroken = entry.kind === 'link' && entry.link?.kind === undefined;
  const parts = [
    entry.kind === 'file' ? formatBytes(entry.sizeBytes) : '',
    target,
    isBroken ? t('leads nowhere') : behind === 'file' || behind === 'directory' ? '' : kindWord(behind, t),
  ];
  return {
    label,
    description: joinParts(parts),
    icon: iconOf(entry),
    accessibleLabel: spoken([label, entry.kind === 'link' ? t('link') : '', ...parts]),
    contextValue: contextValue(node),
    expansion: behind === 'directory' ? 'collapsed' : 'none',
    hasTooltip: true,
    ...(isBroken ? { isDimmed: true } : {}),
    ...(behind === 'directory' ? {} : { clickCommand: 'quayside.container.openFile' }),
  };
}

export function fileNoticeRow(node: FileNoticeNode): Row {
  const label = oneLine(node.message);
  return {
    label,
    description: '',
    icon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
    accessibleLabel: label,
    contextValue: contextValue(node),
    expansion: 'none',
  };
}

/** What `ls -l` tells. */
export function fileTooltipRows(
  { path, entry }: FileNode,
  t: RowContext['t'],
  age: string,
): readonly (readonly [string, string])[] {
  const { kind, mode, owner, sizeBytes, link } = entry;
  const types = { file: 'file', directory: 'directory', link: 'symlink', device: 'device' } as const;
  const type = kind === 'pipe' ? 'fifo' : kind === 'socket' ? 'file' : types[kind];
  return [
    [t('Path'), shownFileName(path)],
    [t('Leads to'), link === undefined ? '' : shownFileName(link.target)],
    [t('Size'), kind === 'file' ? formatBytes(sizeBytes) : ''],
    [t('Mode'), modeText({ type, mode })],
    [t('Owner'), owner],
    [t('Changed'), `${new Date(entry.modifiedAt).toISOString().slice(0, 19).replace('T', ' ')} UTC · ${age}`],
  ];
}

function iconOf(entry: FileEntry): Row['icon'] {
  const behind = kindBehind(entry);
  if (entry.kind === 'link')
    return { id: behind === 'directory' ? 'file-symlink-directory' : 'file-symlink-file' };
  switch (behind) {
    case 'directory':
      return { id: 'folder' };
    case 'device':
    case 'pipe':
    case 'socket':
      return { id: 'file-binary' };
    default:
      return { id: 'file' };
  }
}

function kindWord(kind: FileEntry['kind'], t: RowContext['t']): string {
  switch (kind) {
    case 'device':
      return t('device');
    case 'pipe':
      return t('pipe');
    case 'socket':
      return t('socket');
    default:
      return '';
  }
}
