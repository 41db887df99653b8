import { describe, expect, test } from 'vitest';
import type { SavedFilter } from '../../../../src/protocol/logs.ts';
import { SavedFilters } from '../../../../src/ui/panels/savedFilters.ts';
import { FakeMemento } from '../../../support/fakeMemento.ts';

const saved = (name: string, minLevel = 4): SavedFilter => ({
  name,
  filter: { minLevel, stream: 'both', conditions: [] },
});
const names = (filters: readonly SavedFilter[]): string[] => filters.map(({ name }) => name);

describe('SavedFilters', () => {
  test('are kept in the workspace, by name, and told to whoever listens', () => {
    const storage = new FakeMemento();
    const filters = new SavedFilters(storage);
    const told: string[][] = [];
    filters.onDidChange((all) => told.push(names(all)));
    filters.save(saved('warnings'));
    filters.save(saved('errors', 5));
    expect(new SavedFilters(storage).all).toEqual([saved('errors', 5), saved('warnings')]);
    filters.delete('warnings');
    filters.delete('warnings');
    expect(told).toEqual([['warnings'], ['errors', 'warnings'], ['errors'], ['errors']]);
    filters.dispose();
    filters.delete('errors');
    expect(told).toHaveLength(4);
  });

  test('take the place of the one with the same name', () => {
    const filters = new SavedFilters(new FakeMemento());
    filters.save(saved('a', 3));
    filters.save(saved('a', 5));
    expect(filters.all).toEqual([saved('a', 5)]);
  });

  test('have nothing of one log’s containers', () => {
    const filters = new SavedFilters(new FakeMemento());
    const whole = { ...saved('a').filter, hiddenSources: [1] };
    filters.save({ name: 'a', filter: whole });
    expect(filters.all).toEqual([saved('a')]);
  });

  test('are a hundred at most, of which each can still be replaced', () => {
    const filters = new SavedFilters(new FakeMemento());
    for (let at = 0; at <= 100; at++) filters.save(saved(`filter ${String(at)}`));
    expect(filters.all).toHaveLength(100);
    expect(names(filters.all)).not.toContain('filter 100');
    filters.save(saved('filter 7', 5));
    expect(filters.all.filter(({ filter }) => filter.minLevel === 5)).toHaveLength(1);
  });

  test('that cannot be read are dropped', () => {
    const storage = new FakeMemento();
    const filters = new SavedFilters(storage);
    expect(filters.all).toEqual([]);
    void storage.update('logs.filters', 'not a list');
    expect(filters.all).toEqual([]);
    const good = saved('good');
    const bad = [
      null,
      { ...good, name: '' },
      { ...good, name: ' spaced ' },
      { ...good, name: 'x'.repeat(101) },
      { name: 'no filter' },
      saved('no such level', 99),
      { name: 'half a condition', filter: { ...good.filter, conditions: [{ kind: 'text' }] } },
      saved('good', 5),
    ];
    void storage.update('logs.filters', [good, ...bad]);
    expect(filters.all).toEqual([saved('good', 5)]);
    void storage.update(
      'logs.filters',
      Array.from({ length: 150 }, (_, at) => saved(String(at))),
    );
    expect(filters.all).toHaveLength(100);
  });
});
