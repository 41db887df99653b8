import { describe, expect, test } from 'vitest';
import { nullLogger } from '../../../src/base/logger.ts';
import { type EngineDescription, EngineSet } from '../../../src/engine/engineSet.ts';
import { container } from '../../support/builders.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

function described(id: string, engine: FakeEngine, address = `unix:///run/${id}.sock`): EngineDescription {
  return { id, name: id, address, isLocal: true, endpoint: undefined, open: () => engine };
}

describe('EngineSet', () => {
  test('keeps the order in which engines were found, and knows which are wanted', async () => {
    const set = new EngineSet(nullLogger, new FakeClock());
    set.update([described('a', new FakeEngine()), described('b', new FakeEngine())]);
    expect(set.all.map(({ description }) => description.id)).toEqual(['a', 'b']);
    expect(set.active).toEqual([]);
    set.get('b')?.store.connect();
    await settle();
    expect(set.active.map(({ description }) => description.id)).toEqual(['b']);
    set.dispose();
  });

  test('an engine that is found again keeps its connection and state; one that is not is ended', async () => {
    const set = new EngineSet(nullLogger, new FakeClock());
    const [kept, lost] = [new FakeEngine({ container: [container('web')] }), new FakeEngine()];
    set.update([described('kept', kept), described('lost', lost)]);
    set.get('kept')?.store.connect();
    await settle();
    const { store } = set.get('kept') ?? {};
    set.update([described('new', new FakeEngine()), described('kept', new FakeEngine())]);
    expect(set.get('kept')?.store).toBe(store);
    expect(set.get('kept')?.store.state.snapshot.container.size).toBe(1);
    expect(set.get('lost')).toBeUndefined();
    expect([kept.isDisposed, lost.isDisposed]).toEqual([false, true]);
    set.dispose();
    expect(kept.isDisposed).toBe(true);
  });

  test('an engine of the same name at another address is another engine', () => {
    const set = new EngineSet(nullLogger, new FakeClock());
    const [before, after] = [new FakeEngine(), new FakeEngine()];
    set.update([described('a', before, 'unix:///one')]);
    set.update([described('a', after, 'unix:///two')]);
    expect(before.isDisposed).toBe(true);
    expect(set.get('a')?.store.engine).toBe(after);
    set.dispose();
  });

  test('tells which engine changed, and undefined when the set did', async () => {
    const set = new EngineSet(nullLogger, new FakeClock());
    const heard = new Set<string | undefined>();
    set.onDidChange((engine) => heard.add(engine?.description.id));
    set.update([described('a', new FakeEngine())]);
    expect([...heard]).toEqual([undefined]);
    set.get('a')?.store.connect();
    await settle();
    expect([...heard]).toEqual([undefined, 'a']);
    set.dispose();
  });
});
