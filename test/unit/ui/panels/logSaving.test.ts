import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { english } from '../../../../src/base/localize.ts';
import type { Prompts } from '../../../../src/commands/deps.ts';
import { saveLog } from '../../../../src/logs/saveLog.ts';
import { Spool } from '../../../../src/logs/spool/spool.ts';
import { SpoolFiles } from '../../../../src/logs/spool/spoolFiles.ts';
import type { SaveRequest } from '../../../../src/model/logQuestions.ts';
import { saveAs } from '../../../../src/ui/panels/logSaving.ts';
import type { LogReader } from '../../../../src/ui/panels/logsHost.ts';
import { FakeEditor } from '../../../support/fakeDeps.ts';
import { append, row } from '../../logs/rows.ts';

interface Bed {
  readonly folder: string;
  readonly told: string[];
  readonly questions: string[];
  /** Answers each pick by its label; undefined turns away. */
  save(labels: readonly (string | undefined)[], names?: readonly string[]): Promise<void>;
}

function bed(): Bed {
  const root = join(tmpdir(), `quayside-unit-${randomUUID()}`);
  const folder = join(root, 'logs');
  mkdirSync(folder, { recursive: true });
  const spool = new Spool(new SpoolFiles(join(root, 'spool')), 1e9);
  onTestFinished(() => {
    spool.dispose();
    rmSync(root, { recursive: true, force: true });
  });
  append(spool, [row('a 1'), row('b 1', { source: 1 }), row('a 2'), row('c 1', { source: 2 })]);
  const told: string[] = [];
  const questions: string[] = [];
  return {
    folder,
    told,
    questions,
    save: async (labels, names = ['web', 'web', 'quiet']) => {
      const sources = names.map((name, at) => ({ ref: `e/container/${String(at)}`, name }));
      const answers = [...labels];
      const { prompts } = new FakeEditor().deps;
      const asked: Prompts = {
        ...prompts,
        pickOne: (title, items) => {
          questions.push(title);
          const label = answers.shift();
          return Promise.resolve(items.find((item) => item.label === label)?.value);
        },
        chooseFile: (title, name) => {
          questions.push(`${title}: ${name}`);
          return Promise.resolve(join(folder, name));
        },
        chooseFolder: (title) => {
          questions.push(title);
          return Promise.resolve(folder);
        },
        tell: (message) => told.push(message),
      };
      // Only `save` is asked; of the last container nothing shows.
      const reader = {
        ask: (_name: string, request: SaveRequest) =>
          saveLog(spool, sources, (number) => number !== 3, request),
      } as unknown as LogReader;
      await saveAs(reader, { prompts: asked, name: 'shop / web', sources, t: english });
    },
  };
}

describe('saving a log', () => {
  test('asks for one file, or for one for each container, only where there are several', async () => {
    const { save, questions, told, folder } = bed();
    await save(['Plain text'], ['web']);
    expect(questions).toEqual(['Save the lines that show as …', 'Save the log of shop / web: shop-web.log']);
    await save(['JSON lines', 'One file']);
    expect(questions.slice(2)).toEqual([
      'Save the lines that show as …',
      'Save to …',
      'Save the log of shop / web: shop-web.jsonl',
    ]);
    expect(told).toEqual(['3 lines saved.', '3 lines saved.']);
    expect(readdirSync(folder).sort()).toEqual(['shop-web.jsonl', 'shop-web.log']);
  });

  test('writes one file for each, named after it, with its lines alone and without its name before them', async () => {
    const { save, questions, told, folder } = bed();
    writeFileSync(join(folder, 'web.log'), 'mine');
    await save(['Plain text', 'One file for each container']);
    expect(questions.at(-1)).toBe('Save the log of shop / web');
    expect(
      Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
    ).toEqual({
      'web.log': 'mine',
      'web-2.log': ' a 1\n a 2\n',
      'web-3.log': ' b 1\n',
    });
    expect(told).toEqual(['3 lines saved to 2 files in logs.']);
  });

  test('writes nothing when somebody turns away', async () => {
    const { save, told, folder } = bed();
    await save([undefined]);
    await save(['Plain text', undefined]);
    expect(readdirSync(folder)).toEqual([]);
    expect(told).toEqual([]);
  });
});
