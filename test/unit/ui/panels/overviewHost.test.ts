import { describe, expect, test } from 'vitest';
import { Emitter } from '../../../../src/base/event.ts';
import { english } from '../../../../src/base/localize.ts';
import { nullLogger } from '../../../../src/base/logger.ts';
import type { WatchedContainer } from '../../../../src/engine/containerWatch.ts';
import { containerStates } from '../../../../src/model/container.ts';
import { Channel, type PageChannel } from '../../../../src/protocol/channel.ts';
import {
  isNumberedFacts,
  isOverviewPageState,
  type NumberedFacts,
  type OverviewContract,
} from '../../../../src/protocol/overview.ts';
import { factsOf } from '../../../../src/ui/panels/overview/facts.ts';
import { OverviewHost } from '../../../../src/ui/panels/overviewHost.ts';
import { overviewStrings } from '../../../../src/ui/panels/overviewStrings.ts';
import { container } from '../../../support/builders.ts';
import { detailsFor, stateFor } from '../../../support/details.ts';
import { settle } from '../../../support/fakeClock.ts';

const web = container('web');
const noHistory = { entries: [], since: undefined };

function watched(parts: Partial<WatchedContainer> = {}): WatchedContainer {
  return {
    phase: 'connected',
    details: detailsFor(web, {
      env: [
        ['A', '1'],
        ['DB_PASSWORD', 'hunter2'],
      ],
    }),
    recipe: undefined,
    container: web,
    isGone: false,
    successor: undefined,
    error: undefined,
    ...parts,
  };
}

function stage() {
  const toPage = new Emitter<unknown>();
  const toHost = new Emitter<unknown>();
  const didChange = new Emitter<void>();
  const asked: string[] = [];
  const refused: string[] = [];
  const told: NumberedFacts[] = [];
  let now = watched();
  const host = new OverviewHost({
    port: { post: (message) => toPage.fire(structuredClone(message)), onMessage: toHost.event },
    watch: {
      onDidChange: didChange.event,
      watch: () => asked.push('watch'),
      unwatch: () => asked.push('unwatch'),
    },
    facts: () =>
      factsOf({ watched: now, name: 'web', engineName: '', history: noHistory, problem: '' }, english),
    target: { engineId: 'e', id: web.id },
    strings: overviewStrings(english, 'en'),
    actions: {
      act: (action) => asked.push(action),
      copy: (text) => asked.push(`copy ${text}`),
      open: ({ kind }) => asked.push(`open ${kind}`),
      processes: () => Promise.resolve({ processes: [], problem: '' }),
      signal: ({ pid }) => asked.push(`signal ${pid}`),
    },
    log: { ...nullLogger, warn: (what) => refused.push(what) },
  });
  const page: PageChannel<OverviewContract> = new Channel(
    { post: (message) => toHost.fire(structuredClone(message)), onMessage: toPage.event },
    { requests: {}, events: { facts: { accepts: isNumberedFacts, hear: (each) => told.push(each) } } },
    (what) => refused.push(what),
  );
  const change = (parts: Partial<WatchedContainer>): void => {
    now = watched(parts);
    didChange.fire();
  };
  return { host, page, asked, refused, told, change };
}

describe('the host of a container’s page', () => {
  test('sends no secret before it is asked for, and copies it without sending it', async () => {
    const { page, asked } = stage();
    const snapshot = await page.ask('ready', undefined);
    expect(JSON.stringify(snapshot)).not.toContain('hunter2');
    const rows = snapshot.facts.sections.flatMap(({ groups }) => groups.flatMap((group) => group.rows));
    const key = rows.find(({ label }) => label === 'DB_PASSWORD')?.key ?? '';
    const plain = rows.find(({ label }) => label === 'A')?.key ?? '';
    expect(await page.ask('reveal', { keys: [key, plain, 'none'] })).toEqual([{ key, value: 'hunter2' }]);
    page.tell('copy', { key });
    page.tell('copy', { key: 'none' });
    page.tell('open', { key });
    expect(asked).toEqual(['watch', 'copy hunter2']);
  });

  test('does only what works in the state of the container', async () => {
    const { page, asked, change } = stage();
    await page.ask('ready', undefined);
    page.tell('act', { action: 'stop' });
    page.tell('act', { action: 'start' });
    change({ isGone: true });
    page.tell('act', { action: 'stop' });
    expect(asked).toEqual(['watch', 'stop']);
  });

  test('tells of changes while there is a page, no faster than that one draws', async () => {
    const { host, page, told, change, asked } = stage();
    change({});
    expect(told).toEqual([]);
    await page.ask('ready', undefined);
    for (let count = 0; count < 5; count++) change({});
    expect(told.map(({ seq }) => seq)).toEqual([1, 2]);
    change({ isGone: true });
    page.tell('acknowledge', { seq: 1 });
    expect(told.at(-1)?.facts.notice).toContain('It was removed.');
    host.hide();
    change({});
    expect(told).toHaveLength(3);
    expect(asked).toEqual(['watch', 'unwatch']);
  });

  test('refuses what is none of its messages', async () => {
    const { page, refused } = stage();
    // @ts-expect-error -- a page may send anything
    page.tell('act', { action: 'quayside.container.remove' });
    // @ts-expect-error -- a page may send anything
    page.tell('run', { command: 'rm' });
    await settle();
    expect(refused).toHaveLength(2);
  });

  test.each(containerStates)('has facts that the page takes, in the state %s', (state) => {
    const details = detailsFor({ ...web, state }, { state: stateFor({ state, exitCode: 137 }) });
    const input = {
      watched: watched({ details, container: { ...web, state } }),
      name: 'web',
      engineName: 'e',
    };
    const { shown } = factsOf({ ...input, history: { entries: [], since: 1 }, problem: '' }, english);
    // As it comes through the editor.
    const sent: unknown = JSON.parse(JSON.stringify({ seq: 1, facts: shown }));
    expect(isNumberedFacts(sent)).toBe(true);
    const keys = shown.sections.flatMap(({ groups }) =>
      groups.flatMap(({ rows }) => rows.map(({ key }) => key)),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('knows what a page has kept', () => {
    const state = { version: 1, target: { engineId: 'e', id: 'c' }, name: 'web', closed: ['labels'] };
    expect(isOverviewPageState(state)).toBe(true);
    expect(isOverviewPageState({ ...state, closed: ['nothing'] })).toBe(false);
    expect(isOverviewPageState({ ...state, version: 2 })).toBe(false);
    expect(isOverviewPageState(undefined)).toBe(false);
  });
});
