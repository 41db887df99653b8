import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { usesHostEngine } from './availability.ts';
import { type CommandOptions, runCommand } from './command.ts';
import { debian13 } from './debian13.ts';
import { makeFolder } from './folders.ts';

export type DockerCli = (args: readonly string[], options?: CommandOptions) => Promise<string>;

/** Where the docker CLI looks for its settings, plugins and logins: an own folder with compose and buildx. */
export function makeDockerConfig(folder: string): string {
  makeFolder(join(folder, 'cli-plugins'));
  const config = join(folder, 'config.json');
  if (!existsSync(config)) writeFileSync(config, '{}\n');
  if (usesHostEngine()) return folder;
  for (const plugin of readdirSync(debian13().plugins)) {
    const link = join(folder, 'cli-plugins', plugin);
    if (!existsSync(link)) symlinkSync(join(debian13().plugins, plugin), link);
  }
  return folder;
}

/**
 * What to add to an environment so that `docker`, `docker compose` and `docker buildx` in it are the bed's and speak
 * to `host`: also for an editor whose extension is under test.
 */
export function dockerEnvironment(host: string, config: string): Record<string, string> {
  if (usesHostEngine()) return { DOCKER_HOST: host };
  return {
    DOCKER_HOST: host,
    DOCKER_CONFIG: config,
    PATH: [dirname(debian13().docker), process.env['PATH'] ?? ''].join(delimiter),
  };
}

/** A copy of an environment without anything that steers the docker CLI elsewhere. */
export function withoutDockerSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(DOCKER|COMPOSE|BUILDX|BUILDKIT)_/.test(name)),
  );
}

/** The docker CLI against one engine: takes arguments, gives back what it printed. */
export function dockerCli(host: string, config: string): DockerCli {
  const program = usesHostEngine() ? 'docker' : debian13().docker;
  // On someone's own Docker the CLI's settings and plugins are theirs, too.
  const own = usesHostEngine() ? process.env : withoutDockerSettings(process.env);
  const env = { ...own, ...dockerEnvironment(host, config) };
  return async (args, options = {}) =>
    await runCommand(program, args, { ...options, env: { ...env, ...options.env } });
}
