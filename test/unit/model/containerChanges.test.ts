import { describe, expect, test } from 'vitest';
import { changesFromRecords } from '../../../src/engine/docker/records/changeRecords.ts';
import { changesBelow, type FileChange } from '../../../src/model/containerChanges.ts';

const change = (kind: FileChange['kind'], path: string): FileChange => ({ kind, path });

const lines = (changes: readonly FileChange[], folder = ''): readonly string[] =>
  changesBelow(changes, folder).map(
    ({ name, change: kind, isFolder }) => `${kind} ${name}${isFolder ? '/' : ''}`,
  );

describe('the changes of a container', () => {
  const changes = [
    change('changed', '/etc'),
    change('changed', '/etc/hosts'),
    change('changed', '/var'),
    change('changed', '/var/lib'),
    change('changed', '/var/lib/app'),
    change('added', '/var/lib/app/data'),
    change('added', '/var/lib/app/data/one'),
    change('deleted', '/motd'),
    change('added', '/new'),
    change('added', '/new/deep'),
    change('added', '/new/deep/file'),
  ];

  test('stand with folders first, and folders that hold one folder as one', () => {
    expect(lines(changes)).toEqual([
      'changed etc/',
      'added new/deep/',
      'changed var/lib/app/',
      'deleted motd',
    ]);
    expect(lines(changes, '/var/lib/app')).toEqual(['added data/']);
    expect(lines(changes, '/var/lib/app/data')).toEqual(['added one']);
    expect(lines(changes, '/etc')).toEqual(['changed hosts']);
  });

  test('know their whole path', () => {
    expect(changesBelow(changes, '/var/lib/app').map(({ path }) => path)).toEqual(['/var/lib/app/data']);
    expect(changesBelow(changes, '').map(({ path }) => path)).toEqual([
      '/etc',
      '/new/deep',
      '/var/lib/app',
      '/motd',
    ]);
  });

  test('below a folder are not those of one whose name begins alike', () => {
    expect(lines([change('added', '/data/x'), change('added', '/data2/y')], '/data')).toEqual(['added x']);
  });

  test('have the folders on their way, also where an engine names none of them', () => {
    expect(lines([change('added', '/a/b/c')])).toEqual(['changed a/b/']);
  });

  test('of ten thousand paths are quick to find, whatever their names', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => change('added', `/data/__proto__/${n} \n“x”`));
    expect(changesBelow(many, '/data/__proto__')).toHaveLength(10_000);
  });
});

test('an engine’s numbers are read, null is nothing, and what is not known is left out', () => {
  expect(
    changesFromRecords([
      { Path: '/a', Kind: 0 },
      { Path: '/b', Kind: 1 },
      { Path: '/c', Kind: 2 },
      { Path: '/d', Kind: 9 },
      { Path: 'relative', Kind: 1 },
    ]),
  ).toEqual([change('changed', '/a'), change('added', '/b'), change('deleted', '/c')]);
  expect(changesFromRecords(null)).toEqual([]);
});
