import { formatBinaryBytes } from '../../../base/format.ts';
import type { Localize } from '../../../base/localize.ts';
import type { ContainerRecipe } from '../../../engine/engine.ts';
import { unsaidByCompose, writeComposeFile } from '../../../model/composeService.ts';
import { shortId } from '../../../model/container.ts';
import type { ContainerDetails } from '../../../model/containerDetails.ts';
import { writeDockerRunLine } from '../../../model/dockerRunLineWriter.ts';
import { looksSecret, mask } from '../../../model/secretVariable.ts';
import { joinShellWords } from '../../../model/shellWords.ts';
import { type FullGroup, type FullRow, type FullSection, row, said, section } from './rows.ts';

/** What runs in it, and how. */
export function programSection(details: ContainerDetails, t: Localize): readonly FullSection[] {
  const { id, entrypoint, command, workingDir, user, hostname, hasTerminal, extras } = details;
  const logOptions = Object.entries(extras.logOptions).map(([name, value]) => `${name}=${value}`);
  const text = (key: string, label: string, value: string): FullRow =>
    row(`program/${key}`, label, { value, copies: value });
  return section(
    'program',
    t('Program'),
    said([
      text('entrypoint', t('Entrypoint'), joinShellWords(entrypoint)),
      text('command', t('Command'), joinShellWords(command)),
      text('dir', t('Working directory'), workingDir),
      text('user', t('User'), user),
      // By default it is the container's id.
      text('hostname', t('Host name'), id.startsWith(hostname) ? '' : hostname),
      row('program/terminal', t('Terminal'), { value: hasTerminal ? t('yes') : '' }),
      row('program/stop', t('Stops by'), {
        value: extras.stopSignal === '' ? 'SIGTERM' : extras.stopSignal,
        note: t('killed after {count} s', { count: extras.stopSeconds ?? 10 }),
      }),
      row('program/init', t('Init process'), { value: extras.hasInit ? t('yes') : '' }),
      row('program/log', t('Log driver'), { value: extras.logDriver, note: logOptions.join(', ') }),
    ]),
  );
}

/** Values that look like secrets are masked until somebody asks for them. */
export function environmentSection({ env }: ContainerDetails, t: Localize): readonly FullSection[] {
  const rows = env.map(([name, value], index) => {
    const isSecret = looksSecret(name, value);
    return row(`env/${String(index)}/${name}`, name, {
      value: isSecret ? '' : value,
      isSecret,
      copies: value === '' ? name : value,
    });
  });
  return section('environment', t('Environment'), rows);
}

export function limitsSection({ limits, extras }: ContainerDetails, t: Localize): readonly FullSection[] {
  const none = t('no limit');
  const size = (bytes: number | undefined): string => (bytes === undefined ? '' : formatBinaryBytes(bytes));
  const { memorySwapBytes: swap } = extras;
  return section(
    'limits',
    t('Limits'),
    said([
      row('limits/memory', t('Memory'), { value: size(limits.memoryBytes) || none }),
      row('limits/swap', t('Memory and swap'), {
        value: swap === undefined ? '' : swap < 0 ? none : size(swap),
      }),
      row('limits/reservation', t('Memory reserved'), { value: size(extras.memoryReservationBytes) }),
      row('limits/cpus', t('CPUs'), {
        value: limits.cpus === undefined ? none : String(limits.cpus),
        note: extras.cpuset === '' ? '' : t('only on {cpus}', { cpus: extras.cpuset }),
      }),
      row('limits/shares', t('CPU shares'), { value: number(extras.cpuShares) }),
      row('limits/pids', t('Processes'), { value: number(limits.pids) || none }),
      row('limits/shm', t('Shared memory'), { value: size(extras.shmBytes) }),
      row('limits/oom', t('When memory runs out'), {
        value: extras.isOomKillDisabled ? t('it is not killed') : '',
        tone: 'warning',
      }),
      ...extras.ulimits.map(({ name, soft, hard }) =>
        row(`limits/ulimit/${name}`, `ulimit ${name}`, {
          value: soft === hard ? String(soft) : `${String(soft)} / ${String(hard)}`,
        }),
      ),
    ]),
  );
}

/** What it comes from. */
export function imageSection({ image }: ContainerDetails, t: Localize): readonly FullSection[] {
  const [digest = ''] = image.digests;
  return section(
    'image',
    t('Image'),
    said([
      row('image/name', t('Name'), {
        value: image.reference,
        copies: image.reference,
        note: image.isGone ? t('not on the engine any more') : '',
        tone: image.isGone ? 'warning' : 'plain',
        ...(image.isGone
          ? {}
          : { opens: t('Show the layers'), opening: { kind: 'image' as const, id: image.id } }),
      }),
      row('image/id', t('Id'), { value: shortId(image.id), copies: image.id }),
      row('image/digest', t('Digest'), { value: digest, copies: digest }),
      row('image/platform', t('Platform'), { value: image.platform }),
    ]),
  );
}

/** By who wrote them. */
export function labelsSection({ labels }: ContainerDetails, t: Localize): readonly FullSection[] {
  const groupOf = (name: string): string =>
    name.startsWith('com.docker.compose.')
      ? 'Compose'
      : name.startsWith('org.opencontainers.image.') || name.startsWith('org.label-schema.')
        ? t('Image')
        : t('Others');
  const groups = new Map<string, FullRow[]>();
  for (const [name, value] of Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const group = groupOf(name);
    groups.set(group, [
      ...(groups.get(group) ?? []),
      row(`label/${name}`, name, { value, copies: value === '' ? name : value }),
    ]);
  }
  const titled = [...groups].map(([title, rows]): FullGroup => ({ title, rows }));
  return section('labels', t('Labels'), titled.length === 1 ? (titled[0]?.rows ?? []) : titled);
}

/** How to make the same one. Shown without secrets; the copy has them. */
export function recipeSection(recipe: ContainerRecipe | undefined, t: Localize): readonly FullSection[] {
  if (recipe === undefined) return [];
  const { options, extras, unsaidNames } = recipe;
  const secrets = Object.entries(options.env).filter(([name, value]) => looksSecret(name, value));
  const shown = {
    ...options,
    env: { ...options.env, ...Object.fromEntries(secrets.map(([name]) => [name, mask])) },
  };
  const missing = (names: readonly string[]): string =>
    names.length === 0 ? '' : t('It has no words for: {names}.', { names: names.join(', ') });
  return section(
    'recipe',
    t('Make it anew'),
    [
      row('recipe/line', 'docker run', {
        block: writeDockerRunLine(shown, extras),
        note: missing(unsaidNames),
        copies: writeDockerRunLine(options, extras),
      }),
      row('recipe/compose', 'Compose', {
        block: writeComposeFile(shown, extras).trimEnd(),
        note: missing([...unsaidByCompose(options), ...unsaidNames]),
        copies: writeComposeFile(options, extras),
      }),
    ],
    secrets.length === 0 ? '' : t('Secrets are masked here; a copy has them.'),
  );
}

export function isRoot(user: string): boolean {
  return /^(?:root|0)?(?::.*)?$/.test(user);
}

function number(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}
