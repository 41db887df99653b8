import { beforeEach, describe, expect, test } from 'vitest';
import { addFilesToWorkspace } from '../../../src/commands/files/addToWorkspace.ts';
import { copyFilePath } from '../../../src/commands/files/copyPath.ts';
import { deleteFiles } from '../../../src/commands/files/delete.ts';
import { downloadFiles } from '../../../src/commands/files/download.ts';
import { forFiles } from '../../../src/commands/files/forFiles.ts';
import { newFile } from '../../../src/commands/files/newFile.ts';
import { newFolder } from '../../../src/commands/files/newFolder.ts';
import { openFileByPath } from '../../../src/commands/files/openPath.ts';
import { refreshFiles } from '../../../src/commands/files/refresh.ts';
import { renameFile } from '../../../src/commands/files/rename.ts';
import { searchFiles } from '../../../src/commands/files/search.ts';
import { uploadFiles } from '../../../src/commands/files/upload.ts';
import type { FilePlace } from '../../../src/model/filePlace.ts';
import { FilesError } from '../../../src/model/filesError.ts';
import { fileNode } from '../../../src/model/tree/fileRows.ts';
import { container, fileEntry, volume } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;
const web = container('web');
const place: FilePlace = { engineId: 'default', kind: 'container', id: web.id };
const file = fileNode(place, '/etc/hosts', fileEntry('hosts'));
const other = fileNode(place, '/etc/passwd', fileEntry('passwd'));
const folder = fileNode(place, '/etc/conf.d', fileEntry('conf.d', 'directory'));
const root = `default/container/${web.id}`;

let editor: FakeEditor;

beforeEach(async () => {
  editor = new FakeEditor();
  await editor.add(new FakeEngine({ container: [web], volume: [volume('data')] }));
  for (const node of [file, other, folder]) editor.addNode(node);
  for (const path of ['/etc/hosts', '/etc/passwd', '/etc/conf.d/']) editor.placeFiles.paths.add(path);
});

const calls = (): readonly string[] => editor.placeFiles.calls;

describe('a name that is asked for', () => {
  test('makes a file beside a file, which opens', async () => {
    editor.answers = { input: () => 'new' };
    await newFile.run(editor.deps, never, [file.key]);
    expect(calls()).toEqual(['write /etc/new 0']);
    expect(editor.opened).toEqual([`file ${root} /etc/new`]);
  });

  test('makes a folder in a folder, or in the root of a volume', async () => {
    editor.answers = { input: () => 'sub' };
    await newFolder.run(editor.deps, never, [folder.key]);
    await newFolder.run(editor.deps, never, ['default/volume/data']);
    expect(calls()).toEqual(['makeFolder /etc/conf.d/sub', 'makeFolder /sub']);
  });

  test('is one that the folder does not have, and that can be one', async () => {
    const problems = new Map<string, string | undefined>();
    editor.answers = {
      input: (problem) => {
        for (const text of ['', '.', '..', 'a/b', 'passwd', 'ü'.repeat(128), 'hosts', 'fine'])
          problems.set(text, problem(text));
        return undefined;
      },
    };
    await renameFile.run(editor.deps, never, [file.key]);
    expect(problems.get('passwd')).toBe('There is passwd already.');
    expect(problems.get('ü'.repeat(128))).toBe('A name has at most 255 bytes.');
    for (const text of ['', '.', '..', 'a/b']) expect(problems.get(text)).toMatch(/^A name has no slash/);
    expect([problems.get('hosts'), problems.get('fine')]).toEqual([undefined, undefined]);
    expect(calls()).toEqual([]);
  });

  test('renames where the file is', async () => {
    editor.answers = { input: () => 'hosts.old' };
    await renameFile.run(editor.deps, never, [file.key]);
    expect(calls()).toEqual(['rename /etc/hosts /etc/hosts.old']);
  });
});

describe('Delete', () => {
  test('names what goes, once for all that is selected', async () => {
    editor.answers = { confirm: true };
    await deleteFiles.run(editor.deps, never, [file.key, [file.key, folder.key]]);
    expect(editor.confirmations).toEqual([
      {
        message: 'Delete 2 files and folders for good?',
        detail: '/etc/hosts\n/etc/conf.d with all in it',
        action: 'Delete',
      },
    ]);
    expect(calls()).toEqual(['remove /etc/hosts', 'remove /etc/conf.d']);
  });

  test('does nothing unless somebody is sure', async () => {
    editor.answers = { confirm: false };
    await deleteFiles.run(editor.deps, never, [file.key]);
    expect(editor.confirmations[0]?.message).toBe('Delete /etc/hosts in web for good?');
    expect(calls()).toEqual([]);
  });

  test('goes on with the others when one fails, and says which', async () => {
    editor.answers = { confirm: true };
    editor.placeFiles.refused.set('/etc/hosts', new FilesError('needsShell', '/etc/hosts', ''));
    const work = deleteFiles.run(editor.deps, never, [file.key, [file.key, other.key]]);
    await expect(work).rejects.toThrow(
      'Could not delete /etc/hosts: files are removed, renamed and copied by a shell',
    );
    expect(calls()).toEqual(['remove /etc/hosts', 'remove /etc/passwd']);
  });

  test('never means a root', async () => {
    await expect(deleteFiles.run(editor.deps, never, ['default/volume/data'])).rejects.toThrow(
      'The root cannot',
    );
  });

  test('by key means the file, not the container that it is in', () => {
    const { views } = editor.deps;
    expect(forFiles('quayside.container.remove', [file.key], views)).toBe('quayside.files.delete');
    expect(forFiles('quayside.container.rename', [file.key], views)).toBe('quayside.files.rename');
    expect(forFiles('quayside.container.remove', [root], views)).toBe('quayside.container.remove');
    expect(forFiles('quayside.container.stop', [file.key], views)).toBe('quayside.container.stop');
  });
});

describe('a download', () => {
  test('goes into the folder that is chosen, and tells', async () => {
    editor.chosenFile = '/home/me';
    editor.placeFiles.leftOut = 2;
    await downloadFiles.run(editor.deps, never, [folder.key]);
    expect(calls()).toEqual(['download /etc/conf.d /home/me/conf.d']);
    expect(editor.told).toEqual(['Downloaded conf.d to /home/me/conf.d, without 2 devices and pipes.']);
    expect(editor.fractions).toEqual([1]);
  });

  test('replaces only what somebody gives up', async () => {
    editor.files.set('/home/me/hosts', 'mine');
    editor.answers = { confirm: false };
    await downloadFiles.run(editor.deps, never, [file.key, { path: '/home/me' }]);
    expect(editor.confirmations[0]?.message).toBe('Replace /home/me/hosts on this machine?');
    expect(calls()).toEqual([]);
  });

  test('of a root has the name of its place', async () => {
    await downloadFiles.run(editor.deps, never, ['default/volume/data', { path: '/home/me' }]);
    expect(calls()).toEqual(['download / /home/me/data']);
  });

  test('that fails says why in one sentence', async () => {
    editor.placeFiles.refused.set('/etc/hosts', new FilesError('special', '/etc/hosts', ''));
    const work = downloadFiles.run(editor.deps, never, [file.key, { path: '/home/me' }]);
    await expect(work).rejects.toThrow(
      'Could not download hosts: /etc/hosts is a device, a pipe or a socket',
    );
  });
});

describe('an upload', () => {
  test('goes into the folder, or beside the file', async () => {
    await uploadFiles.run(editor.deps, never, [folder.key, { paths: ['/home/me/a', '/home/me/b'] }]);
    await uploadFiles.run(editor.deps, never, [file.key, { paths: ['/home/me/a'] }]);
    expect(calls()).toEqual(['upload /etc/conf.d /home/me/a /home/me/b', 'upload /etc /home/me/a']);
    expect(editor.told).toEqual(['Uploaded 2 items to /etc/conf.d of web.', 'Uploaded a to /etc of web.']);
  });

  test('asks before it replaces', async () => {
    editor.answers = { confirm: false };
    await uploadFiles.run(editor.deps, never, [file.key, { paths: ['/home/me/hosts', '/home/me/new'] }]);
    expect(editor.confirmations[0]?.detail).toBe('/etc/hosts');
    expect(calls()).toEqual([]);
  });
});

describe('a path', () => {
  test('is completed while it is typed', async () => {
    editor.answers = { types: ['/etc/', '/etc/H', '/none/x', 'etc'], input: () => '/etc/hosts' };
    await openFileByPath.run(editor.deps, never, ['web']);
    expect(editor.offers.map(({ items }) => items.map(({ value }) => value))).toEqual([
      ['/etc/hosts', '/etc/passwd', '/etc/conf.d/'],
      ['/etc/hosts'],
      [],
      [],
    ]);
    expect(editor.opened).toEqual([`file ${root} /etc/hosts`]);
  });

  test('is found by a name', async () => {
    editor.answers = { types: ['pass', 'none'], input: () => '/etc/passwd' };
    await searchFiles.run(editor.deps, never, [folder.key]);
    expect(calls()).toEqual(['search /etc/conf.d pass', 'search /etc/conf.d none']);
    expect(editor.offers).toEqual([
      { items: [{ value: '/etc/passwd', label: '/etc/passwd' }] },
      { items: [], note: 'No file below has that in its name.' },
    ]);
    expect(editor.opened).toEqual([`file ${root} /etc/passwd`]);
  });

  test('is copied for each row', async () => {
    await copyFilePath.run(editor.deps, never, [file.key, [file.key, folder.key]]);
    expect(editor.copied).toEqual(['/etc/hosts\n/etc/conf.d']);
  });

  test('of a caller names what no row shows', async () => {
    await copyFilePath.run(editor.deps, never, [`${root}#files/not/shown#files/x`]);
    expect(editor.copied).toEqual(['/not/shown#files/x']);
    await expect(copyFilePath.run(editor.deps, never, ['web'])).rejects.toThrow('Choose a file or a folder');
  });
});

test('a folder is added to the workspace by its name', async () => {
  await addFilesToWorkspace.run(editor.deps, never, [file.key]);
  await addFilesToWorkspace.run(editor.deps, never, [root]);
  expect(editor.opened).toEqual([`folder ${root} /etc as web: /etc`, `folder ${root} / as web`]);
});

test('a refresh reads the rows below again', async () => {
  await refreshFiles.run(editor.deps, never, [folder.key]);
  expect(editor.reread).toEqual([folder.key]);
});
