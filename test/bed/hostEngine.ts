import { existsSync } from 'node:fs';
import { dockerCli, dockerEnvironment, makeDockerConfig } from './dockerCli.ts';
import type { Engine, EngineKind, EngineOptions } from './engine.ts';
import { answersPing } from './engineRequest.ts';
import { runFolder } from './folders.ts';
import { loadImages } from './images.ts';

/** Someone's own Docker as the bed's engine: it is never stopped, and only what bears the bed's label is removed. */
export async function useHostEngine(kind: EngineKind, options: EngineOptions): Promise<Engine> {
  const socket = hostSocket();
  if (!(await answersPing(socket))) throw new Error(`No Docker engine answers at ${socket}.`);
  const name = options.name ?? 'test';
  const host = `unix://${socket}`;
  const config = makeDockerConfig(runFolder(name, 'docker-config'));
  const cli = dockerCli(host, config);
  const label = `quayside.bed=${name}`;
  const unable = async (): Promise<void> => {
    await Promise.reject(new Error('The bed did not start this engine and will not stop it.'));
  };
  if (options.images !== false) {
    if (!existsSync('/bin/busybox'))
      throw new Error('The images are made of a static /bin/busybox: install busybox-static.');
    await loadImages(socket, { label: name, spareForeign: true });
  }
  return {
    kind,
    name,
    socket,
    host,
    config,
    environment: dockerEnvironment(host, config),
    log: '',
    label,
    owned: false,
    cli,
    pid: () => undefined,
    start: async () => {
      // It runs: the ping above was answered.
    },
    restart: unable,
    kill9: unable,
    stop: async () => {
      const removals: [list: string[], remove: string[]][] = [
        [
          ['ps', '-aq'],
          ['rm', '-f', '-v'],
        ],
        [
          ['network', 'ls', '-q'],
          ['network', 'rm'],
        ],
        [
          ['volume', 'ls', '-q'],
          ['volume', 'rm'],
        ],
        [
          ['images', '-aq'],
          ['rmi', '-f'],
        ],
      ];
      for (const [list, remove] of removals) {
        const ids = new Set((await cli([...list, '--filter', `label=${label}`])).split('\n').filter(Boolean));
        if (ids.size > 0) await cli([...remove, ...ids]);
      }
    },
  };
}

/** DOCKER_HOST when it is a socket, else the default one. */
function hostSocket(): string {
  const host = process.env['DOCKER_HOST'];
  if (host === undefined || host === '') return '/var/run/docker.sock';
  if (!host.startsWith('unix://'))
    throw new Error(`QUAYSIDE_BED=host needs an engine on a unix socket, not ${host}.`);
  return host.slice('unix://'.length);
}
