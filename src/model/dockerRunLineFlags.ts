/** The flags of `docker run` that have a place here, by their long names. */
const knownFlags = [
  'cpus',
  'entrypoint',
  'env',
  'env-file',
  'hostname',
  'interactive',
  'ip',
  'label',
  'memory',
  'mount',
  'name',
  'network',
  'network-alias',
  'pids-limit',
  'platform',
  'publish',
  'publish-all',
  'restart',
  'rm',
  'tmpfs',
  'tty',
  'user',
  'volume',
  'workdir',
] as const;
export type KnownFlag = (typeof knownFlags)[number];

/** Other names of the same. */
const aliases: Readonly<Record<string, string>> = {
  net: 'network',
  'net-alias': 'network-alias',
  a: 'attach',
  c: 'cpu-shares',
  d: 'detach',
  e: 'env',
  h: 'hostname',
  i: 'interactive',
  l: 'label',
  m: 'memory',
  p: 'publish',
  P: 'publish-all',
  q: 'quiet',
  t: 'tty',
  u: 'user',
  v: 'volume',
  w: 'workdir',
};

/** Flags that stand alone, or take `=true` and `=false`. All others take a value. */
const switches = new Set([
  'detach',
  'disable-content-trust',
  'help',
  'init',
  'interactive',
  'no-healthcheck',
  'oom-kill-disable',
  'privileged',
  'publish-all',
  'quiet',
  'read-only',
  'rm',
  'sig-proxy',
  'tty',
]);

/** These only say how the command itself goes on. */
const withoutEffect = new Set(['attach', 'detach', 'disable-content-trust', 'pull', 'quiet', 'sig-proxy']);

/** Of `docker` itself, before its command. */
const dockerValues = new Set(['--config', '-c', '--context', '-H', '--host', '-l', '--log-level']);

/** The long name of a flag. */
export function flagName(written: string): string {
  return aliases[written] ?? written;
}

export function isSwitch(name: string): boolean {
  return switches.has(name);
}

export function hasNoEffect(name: string): boolean {
  return withoutEffect.has(name);
}

export function asKnownFlag(name: string): KnownFlag | undefined {
  return knownFlags.find((each) => each === name);
}

export function takesDockerValue(flag: string): boolean {
  return dockerValues.has(flag);
}
