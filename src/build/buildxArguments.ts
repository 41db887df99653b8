import type { BuildSpec } from '../model/build.ts';

/** Behind `docker buildx`: an array, never a line for a shell. */
export function buildxArguments(spec: BuildSpec, imageIdFile: string): readonly string[] {
  const { tags, target, buildArgs, labels, platforms, secrets, cacheFrom, cacheTo, noCache, pull, push } =
    spec;
  const each = (flag: string, values: readonly string[]): readonly string[] =>
    values.flatMap((value) => [flag, value]);
  const pairs = (record: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(record).map(([name, value]) => `${name}=${value}`);
  return [
    'build',
    '--progress=rawjson',
    ...['--file', spec.dockerfile],
    ...['--iidfile', imageIdFile],
    ...each('--tag', tags),
    ...(target === undefined ? [] : ['--target', target]),
    ...each('--build-arg', pairs(buildArgs)),
    ...each('--label', pairs(labels)),
    ...(platforms.length === 0 ? [] : ['--platform', platforms.join(',')]),
    ...each(
      '--secret',
      secrets.map(({ id, path }) => [field(`id=${id}`), field(`src=${path}`)].join(',')),
    ),
    ...each('--cache-from', cacheFrom),
    ...each('--cache-to', cacheTo),
    ...(noCache ? ['--no-cache'] : []),
    ...(pull ? ['--pull'] : []),
    // Only the registry can hold an image of several platforms, whatever the engine keeps its images in.
    push && platforms.length > 1 ? '--push' : '--load',
    spec.context,
  ];
}

/** One field of the CSV that such flags take. */
function field(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
