import { describe, expect, test } from 'vitest';
import { eventFromRecord } from '../../../../src/engine/docker/records/eventRecords.ts';
import { engineFixtures, engineKinds } from '../../../support/fixtures.ts';

describe.each(engineKinds)('events of the %s engine', (kind) => {
  const events = engineFixtures(kind, 'events.json').map(eventFromRecord);
  const find = (action: string, detail = ''): ReturnType<typeof eventFromRecord> =>
    events.find((event) => event?.action === action && event.detail === detail);

  test('every one of them is of a kind that the sidebar has, with an id and a time', () => {
    expect(events.length).toBeGreaterThan(20);
    for (const event of events) {
      expect(event?.id).not.toBe('');
      expect(event?.at).toBeGreaterThan(Date.UTC(2025, 0));
      expect(event?.action).toMatch(/^[a-z_]+$/);
    }
  });

  test('health comes as the detail of its action', () => {
    expect(find('health_status', 'healthy')).toMatchObject({ kind: 'container' });
    expect(find('health_status', 'unhealthy')).toMatchObject({ kind: 'container' });
  });

  test('what an action carries is in its attributes', () => {
    expect(find('die')?.attributes['exitCode']).toBe('0');
    expect(find('rename')?.attributes).toMatchObject({ name: 'slain', oldName: '/killed' });
    expect(find('connect')?.attributes['container']).toMatch(/^[0-9a-f]{64}$/);
    expect(find('create')).toMatchObject({ kind: 'network', attributes: { name: 'shop_back' } });
    expect(find('oom')).toMatchObject({ kind: 'container', attributes: { name: 'greedy' } });
  });
});

describe('eventFromRecord', () => {
  test.each(['daemon', 'plugin', 'builder', 'node', ''])('a “%s” event is not for the sidebar', (type) => {
    expect(eventFromRecord({ Type: type, Action: 'reload', Actor: { ID: 'x' } })).toBeUndefined();
  });

  test.each([
    ['container', 'remove', 'destroy'],
    ['container', 'died', 'die'],
    ['volume', 'remove', 'destroy'],
    ['network', 'remove', 'destroy'],
    ['image', 'remove', 'remove'],
  ])('Podman’s %s %s is %s', (kind, word, action) => {
    expect(eventFromRecord({ Type: kind, Action: word, Actor: { ID: 'x' } })?.action).toBe(action);
  });

  test('the time is in milliseconds, from nanoseconds where there are some', () => {
    const at = (record: object): number | undefined => eventFromRecord({ Type: 'image', ...record })?.at;
    expect(at({ time: 1700000000, timeNano: 1700000000123456800 })).toBe(1700000000123);
    expect(at({ time: 1700000000 })).toBe(1700000000000);
    expect(at({})).toBe(0);
  });

  test('an action with a colon in its argument is cut at the first', () => {
    const record = { Type: 'container', Action: 'exec_create: sh -c echo: x', Actor: { ID: 'x' } };
    expect(eventFromRecord(record)).toMatchObject({ action: 'exec_create', detail: 'sh -c echo' });
  });

  test.each([[undefined], [null], [3], [[]], [{}], [{ Type: 'container', Action: 3, Actor: 'x' }]])(
    '%j makes no exception',
    (raw) => {
      expect(eventFromRecord(raw)?.id ?? '').toBe('');
    },
  );
});
