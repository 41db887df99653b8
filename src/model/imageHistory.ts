import { formatBytes, oneLine } from '../base/format.ts';
import type { Localize } from '../base/localize.ts';
import { shortId } from './container.ts';
import { instructionText } from './instructionText.ts';
import { formatAge } from './tree/ages.ts';

/** One step of how an image was made. */
export interface HistoryStep {
  /** Of the image that it is by itself; empty where the engine does not have it, which is the rule. */
  readonly id: string;
  readonly tags: readonly string[];
  readonly createdAt: number;
  readonly createdBy: string;
  readonly sizeBytes: number;
  readonly comment: string;
}

/** A table for people: the newest step first, as `docker history`, each instruction whole in one line. */
export function imageHistoryLines(
  steps: readonly HistoryStep[],
  now: number,
  t: Localize,
): readonly string[] {
  const total = steps.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const rows = [
    [t('Created'), t('Size'), t('Image'), t('Instruction')],
    ...steps.map((step) => [
      formatAge(step.createdAt, now, t),
      formatBytes(step.sizeBytes),
      step.tags.join(', ') || (step.id === '' ? '' : shortId(step.id)),
      [
        oneLine(instructionText(step.createdBy), maxLength),
        step.comment === '' ? '' : `# ${oneLine(step.comment, 200)}`,
      ]
        .filter((part) => part !== '')
        .join('  '),
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const [head = '', ...body] = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return [head, ...body, '', t('{count} steps, {size}', { count: steps.length, size: formatBytes(total) })];
}

/** A line of an editor that is longer is no longer drawn whole. */
const maxLength = 10_000;
