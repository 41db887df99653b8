import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { LogThreads } from '../../../src/logs/logThreads.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { madeFolder } from './rows.ts';

/** Says that it is there, and then its number and what it is told. */
const script = `const { parentPort, threadId } = require('node:worker_threads');
parentPort.postMessage('ready');
parentPort.on('message', (told) => parentPort.postMessage(threadId + ' ' + told));`;

function open(): { readonly threads: LogThreads; readonly clock: FakeClock } {
  const path = join(madeFolder(), 'thread.cjs');
  writeFileSync(path, script);
  const clock = new FakeClock();
  const threads = new LogThreads(path, clock);
  onTestFinished(() => {
    threads.dispose();
  });
  return { threads, clock };
}

async function answer(thread: Worker): Promise<unknown> {
  const [said] = (await once(thread, 'message')) as [unknown];
  return said;
}

test('the next thread is made ready once nobody waits for the one before', async () => {
  const { threads, clock } = open();
  expect(clock.pending).toEqual([]);
  const first = threads.take();
  expect(await answer(first)).toBe('ready');
  clock.advance(999);
  clock.advance(1);
  const second = threads.take();
  // It was made before it was asked for, and is another one.
  expect(second.threadId).toBe(first.threadId + 1);
  second.postMessage('read this');
  const said = [await answer(second), await answer(second)];
  expect(said).toEqual(['ready', `${String(second.threadId)} read this`]);
  await Promise.all([first.terminate(), second.terminate()]);
});

test('none is left, and none comes, after the end', async () => {
  const { threads, clock } = open();
  const first = threads.take();
  clock.advance(1000);
  threads.dispose();
  const last = threads.take();
  expect(clock.pending).toEqual([]);
  expect(last.threadId).toBe(first.threadId + 2);
  await Promise.all([first.terminate(), last.terminate()]);
});
