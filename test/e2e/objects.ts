import type { Engine } from '../bed/bed.ts';

/* What the engine says by its own command line, and the things that tests make on it. All bear the bed's label. */

type Kind = 'container' | 'image' | 'volume' | 'network';

/** Runs a container in the background. Images of the bed hand their label on to it. */
export async function run(
  engine: Engine,
  name: string,
  image: string,
  options: readonly string[] = [],
): Promise<string> {
  const args = ['run', '--detach', '--name', name, '--label', engine.label, ...options, image];
  return (await engine.cli(args)).trim();
}

export async function stateOf(engine: Engine, container: string): Promise<string> {
  return (await engine.cli(['inspect', '--type=container', '--format={{.State.Status}}', container])).trim();
}

export async function containerNames(engine: Engine): Promise<readonly string[]> {
  return lines(await engine.cli(['ps', '--all', '--format={{.Names}}']));
}

export async function namesOf(engine: Engine, kind: Kind): Promise<readonly string[]> {
  const format: Readonly<Record<Kind, string>> = {
    container: '{{.Names}}',
    image: '{{.Repository}}:{{.Tag}}',
    volume: '{{.Name}}',
    network: '{{.Name}}',
  };
  const all = kind === 'container' ? ['--all'] : [];
  return [...lines(await engine.cli([kind, 'ls', ...all, `--format=${format[kind]}`]))].sort();
}

/** Removes what bears the bed's label; on an engine of the bed's own, everything but the bed's own images. */
export async function clear(engine: Engine): Promise<void> {
  const filter = engine.owned ? [] : [`--filter=label=${engine.label}`];
  const remove = async (list: readonly string[], removal: readonly string[]): Promise<void> => {
    const found = lines(await engine.cli([...list, ...filter]));
    if (found.length > 0) await engine.cli([...removal, ...found]);
  };
  await remove(['ps', '--all', '--quiet'], ['rm', '--force', '--volumes']);
  await remove(['volume', 'ls', '--quiet'], ['volume', 'rm']);
  await remove(['network', 'ls', '--quiet', '--filter=type=custom'], ['network', 'rm']);
  if (!engine.owned) return;
  const strangers = (await referencesOf(engine)).filter(
    (name) => !/^(quay\/\w+:1|busybox:latest|<none>@.*)$/.test(name),
  );
  if (strangers.length > 0) await engine.cli(['rmi', ...strangers]);
  // What builds have left without a name.
  await engine.cli(['image', 'prune', '--force']);
}

/** Names of images; a tag that has moved on leaves one with a digest, also on an image that has other tags. */
async function referencesOf(engine: Engine): Promise<readonly string[]> {
  const format = '{{.Repository}}:{{.Tag}} {{.Repository}}@{{.Digest}}';
  return lines(await engine.cli(['image', 'ls', '--digests', `--format=${format}`])).map((line) => {
    const [tagged = '', byDigest = ''] = line.split(' ');
    return tagged.endsWith(':<none>') ? byDigest : tagged;
  });
}

export function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
