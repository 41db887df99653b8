import { type JsonObject, list, object, text, textRecord, texts } from '../../../base/json.ts';
import type { MountOption } from '../../../model/runOptions.ts';

/**
 * What is mounted, as it was asked for; volumes that nobody named, by the names that the engine gave them, so that what
 * is in them stays. Mounts with settings that have no word here are kept as they are.
 */
export function mountsOf(container: JsonObject): {
  readonly shown: readonly MountOption[];
  readonly kept: readonly unknown[];
} {
  const host = object(container['HostConfig']);
  const asked = [
    ...texts(host['Binds']).map(bindOf),
    ...Object.entries(textRecord(host['Tmpfs'])).map(
      ([target, words]): MountOption => ({ type: 'tmpfs', source: '', target, ...readWords(words) }),
    ),
  ];
  const mounts = list(host['Mounts']).map(object);
  const plain = mounts.filter(isPlain).map(mountOf);
  const kept = mounts.filter((mount) => !isPlain(mount) && !isUnnamed(mount));
  const said = new Set([...asked, ...plain].map(({ target }) => target));
  for (const mount of kept) said.add(text(mount['Target']));
  const unnamed = list(container['Mounts'])
    .map(object)
    .filter((mount) => mount['Type'] === 'volume' && !said.has(text(mount['Destination'])))
    .map(
      (mount): MountOption => ({
        type: 'volume',
        source: text(mount['Name']),
        target: text(mount['Destination']),
        isReadOnly: mount['RW'] === false,
        extra: '',
      }),
    )
    // The engine gives them in another order each time.
    .sort((a, b) => (a.target < b.target ? -1 : 1));
  return { shown: [...asked, ...plain, ...unnamed], kept };
}

/** `source:target[:words]`; a drive's letter before the source has a colon of its own. */
export function bindOf(bind: string): MountOption {
  const found = /^([A-Za-z]:[\\/][^:]*|[^:]*):([A-Za-z]:[\\/][^:]*|[^:]*)(?::(.*))?$/.exec(bind);
  const [, source = '', target = bind, words = ''] = found ?? [];
  const isPath = /^([/\\.~]|[A-Za-z]:[\\/])/.test(source);
  return { type: isPath ? 'bind' : 'volume', source, target, ...readWords(words) };
}

function mountOf(mount: JsonObject): MountOption {
  return {
    type: mount['Type'] === 'bind' ? 'bind' : mount['Type'] === 'tmpfs' ? 'tmpfs' : 'volume',
    source: text(mount['Source']),
    target: text(mount['Target']),
    isReadOnly: mount['ReadOnly'] === true,
    extra: '',
  };
}

function isPlain(mount: JsonObject): boolean {
  const known = ['Type', 'Source', 'Target', 'ReadOnly'];
  const isKnown = ['bind', 'volume', 'tmpfs'].includes(text(mount['Type']));
  return isKnown && !isUnnamed(mount) && Object.keys(mount).every((key) => known.includes(key));
}

function isUnnamed(mount: JsonObject): boolean {
  return mount['Type'] === 'volume' && text(mount['Source']) === '';
}

/** `rw` is what they are without a word. */
function readWords(words: string): Pick<MountOption, 'isReadOnly' | 'extra'> {
  const all = words.split(',').filter((word) => word !== '' && word !== 'rw');
  return { isReadOnly: all.includes('ro'), extra: all.filter((word) => word !== 'ro').join(',') };
}
