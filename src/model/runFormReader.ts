import { minMemoryBytes } from './containerLimits.ts';
import { parseMemorySize } from './memorySize.ts';
import { parseRange } from './portMapping.ts';
import type { FormProblemKind } from './runFormProblems.ts';
import { isAbsolute, isImage, isIpV4, readHost } from './runFormTexts.ts';
import type { MountRow, NetworkRow, PairRow, PortRow, RunForm } from './runForm.ts';
import {
  isSpecialNetwork,
  type MountOption,
  type NetworkOption,
  type PortMapping,
  type RunOptions,
} from './runOptions.ts';
import { splitWords } from './shellWords.ts';

export interface FormProblem {
  /** The field: `image`, or of the third row of a list `ports.2.host`. */
  readonly at: string;
  readonly kind: FormProblemKind;
}

export interface ReadForm {
  /** What can be read; only right when there is no problem. */
  readonly options: RunOptions;
  readonly problems: readonly FormProblem[];
}

/** Reads the form. Rows in which nothing is typed do not count. */
export function readForm(form: RunForm): ReadForm {
  const reader = new FormReader();
  const options = reader.read(form);
  return { options, problems: reader.problems };
}

class FormReader {
  readonly problems: FormProblem[] = [];

  read(form: RunForm): RunOptions {
    const entry = this.words('entrypoint', form.entrypoint);
    const command = this.words('command', form.command);
    this.check('image', form.image === '', 'imageMissing');
    this.check('image', form.image !== '' && !isImage(form.image), 'imageInvalid');
    this.check('name', form.name !== '' && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(form.name), 'nameInvalid');
    const isPlatform = /^[a-z0-9]+(?:\/[a-z0-9_]+(?:\/[a-z0-9]+)?)?$/.test(form.platform);
    this.check('platform', form.platform !== '' && !isPlatform, 'platformInvalid');
    this.check('workingDir', form.workingDir !== '' && !isAbsolute(form.workingDir), 'pathRelative');
    this.check('hostname', !/^[a-zA-Z0-9.-]{0,63}$/.test(form.hostname), 'hostnameInvalid');
    this.check('restart', form.isRemovedAtEnd && form.restart !== 'no', 'restartRemoved');
    return {
      name: form.name,
      image: form.image,
      platform: form.platform,
      entrypoint: entry[0],
      command: [...entry.slice(1), ...command],
      ports: this.ports(form.ports),
      publishesAll: form.publishesAll,
      mounts: this.mounts(form.mounts),
      env: this.pairs('env', form.env, 'variableMissing'),
      envFiles: form.envFiles.map(({ path }) => path).filter((path) => path !== ''),
      networks: this.networks(form.networks),
      cpus: this.amount('cpus', form.cpus, 'cpusInvalid', /^\d*\.?\d+$/),
      memoryBytes: this.memory(form.memory),
      pidsLimit: this.amount('pids', form.pids, 'pidsInvalid', /^\d+$/),
      restart: {
        name: form.restart,
        maxRetries:
          form.restart === 'on-failure'
            ? (this.amount('retries', form.retries, 'retriesInvalid', /^\d+$/, true) ?? 0)
            : 0,
      },
      labels: this.pairs('labels', form.labels, 'labelMissing'),
      user: form.user,
      workingDir: form.workingDir,
      hostname: form.hostname,
      hasTerminal: form.hasTerminal,
      isInteractive: form.isInteractive,
      isRemovedAtEnd: form.isRemovedAtEnd,
    };
  }

  private check(at: string, isWrong: boolean, kind: FormProblemKind): void {
    if (isWrong) this.problems.push({ at, kind });
  }

  /** A command is no shell line: only quotes count, and `$HOME` or `|` is a word like any other. */
  private words(at: string, text: string): readonly string[] {
    const { words, openQuote } = splitWords(text);
    this.check(at, openQuote !== undefined, 'openQuote');
    return words;
  }

  private ports(rows: readonly PortRow[]): readonly PortMapping[] {
    const seen = new Set<string>();
    return rows.flatMap((row, index) => {
      const { host, container, protocol } = row;
      if (host === '' && container === '') return [];
      const inside = parseRange(container);
      const isOne = inside !== undefined && inside.first === inside.last;
      this.check(`ports.${String(index)}.container`, !isOne, 'portInvalid');
      const outside = readHost(host);
      this.check(`ports.${String(index)}.host`, outside === undefined, 'hostPortInvalid');
      if (!isOne || outside === undefined) return [];
      const key = `${outside.hostIp}:${outside.hostPort}/${protocol}`;
      this.check(`ports.${String(index)}.host`, outside.hostPort !== '' && seen.has(key), 'portTwice');
      seen.add(key);
      return [{ ...outside, containerPort: inside.first, protocol }];
    });
  }

  private mounts(rows: readonly MountRow[]): readonly MountOption[] {
    const seen = new Set<string>();
    return rows.flatMap((row, index) => {
      const { type, source, target } = row;
      if (source === '' && target === '') return [];
      const at = (part: string): string => `mounts.${String(index)}.${part}`;
      this.check(at('target'), target === '', 'targetMissing');
      this.check(at('target'), target !== '' && !isAbsolute(target), 'targetRelative');
      this.check(at('target'), seen.has(target), 'targetTwice');
      seen.add(target);
      this.check(at('source'), type === 'bind' && source === '', 'sourceMissing');
      this.check(at('source'), type === 'bind' && source !== '' && !isAbsolute(source), 'sourceRelative');
      const isVolume = source === '' || /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(source);
      this.check(at('source'), type === 'volume' && !isVolume, 'volumeInvalid');
      const isNameless = type === 'volume' && source === '';
      return [
        {
          type,
          source: type === 'tmpfs' ? '' : source,
          target,
          // Without a source there is nothing that could be read only.
          isReadOnly: row.isReadOnly && !isNameless,
          extra: isNameless ? '' : row.extra,
        },
      ];
    });
  }

  private pairs(
    list: 'env' | 'labels',
    rows: readonly PairRow[],
    missing: FormProblemKind,
  ): Readonly<Record<string, string>> {
    const seen = new Map<string, string>();
    for (const [index, { name, value }] of rows.entries()) {
      if (name === '' && value === '') continue;
      const at = `${list}.${String(index)}.name`;
      this.check(at, name === '', missing);
      this.check(at, name.includes('='), 'variableInvalid');
      this.check(at, seen.has(name), 'nameTwice');
      seen.set(name, value);
    }
    return Object.fromEntries(seen);
  }

  private networks(rows: readonly NetworkRow[]): readonly NetworkOption[] {
    const seen = new Set<string>();
    const used = rows.filter(({ name }) => name !== '');
    return rows.flatMap(({ name, aliases, ipAddress }, index) => {
      if (name === '' && aliases === '' && ipAddress === '') return [];
      const at = (part: string): string => `networks.${String(index)}.${part}`;
      const isAlone = name === 'host' || name === 'none' || name.startsWith('container:');
      this.check(at('name'), name === '', 'networkMissing');
      this.check(at('name'), seen.has(name), 'networkTwice');
      this.check(at('name'), isAlone && used.length > 1, 'networkAlone');
      seen.add(name);
      const names = aliases.split(/[\s,]+/).filter((alias) => alias !== '');
      this.check(at('aliases'), names.length > 0 && isSpecialNetwork(name), 'networkPlain');
      this.check(at('ipAddress'), ipAddress !== '' && !isIpV4(ipAddress), 'ipInvalid');
      return [{ name, aliases: names, ipAddress }];
    });
  }

  private memory(text: string): number | undefined {
    if (text === '') return undefined;
    const bytes = parseMemorySize(text);
    this.check('memory', bytes === undefined, 'memoryInvalid');
    this.check('memory', bytes !== undefined && bytes < minMemoryBytes, 'memoryTooSmall');
    return bytes;
  }

  private amount(
    at: string,
    text: string,
    kind: FormProblemKind,
    pattern: RegExp,
    isZeroFine = false,
  ): number | undefined {
    if (text === '') return undefined;
    const value = Number(text);
    const isRead = pattern.test(text) && (value > 0 || isZeroFine);
    this.check(at, !isRead, kind);
    return isRead ? value : undefined;
  }
}
