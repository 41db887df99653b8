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

/** Removes what bears the bed's label, but for the bed's own images. */
export async function clear(engine: Engine): Promise<void> {
  const filter = `--filter=label=${engine.label}`;
  const containers = lines(await engine.cli(['ps', '--all', '--quiet', filter]));
  if (containers.length > 0) await engine.cli(['rm', '--force', '--volumes', ...containers]);
  const volumes = lines(await engine.cli(['volume', 'ls', '--quiet', filter]));
  if (volumes.length > 0) await engine.cli(['volume', 'rm', ...volumes]);
  const networks = lines(await engine.cli(['network', 'ls', '--quiet', filter]));
  if (networks.length > 0) await engine.cli(['network', 'rm', ...networks]);
}

export function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
