import type { Container } from '../../src/model/container.ts';
import type { ContainerDetails, StateDetails } from '../../src/model/containerDetails.ts';
import { noExtras } from '../../src/model/runExtras.ts';

/** What an inspection says of a container: what its record does, and what the test adds. */
export function detailsFor(record: Container, parts: Partial<ContainerDetails> = {}): ContainerDetails {
  const isOver = record.state === 'exited' || record.state === 'dead';
  return {
    id: record.id,
    name: record.name,
    createdAt: record.createdAt,
    state: stateFor({
      state: record.state,
      startedAt: isOver ? record.createdAt : record.stateSince,
      finishedAt: isOver ? record.stateSince : undefined,
      exitCode: record.exitCode ?? 0,
      isOomKilled: record.oomKilled,
    }),
    image: {
      reference: record.image,
      id: record.imageId,
      digests: [],
      platform: 'linux/amd64',
      isGone: false,
    },
    health: undefined,
    ports: record.ports,
    mounts: [],
    networks: [],
    networkMode: 'default',
    env: [],
    labels: record.labels,
    entrypoint: [],
    command: [],
    workingDir: '',
    user: '',
    hostname: '',
    hasTerminal: false,
    limits: { memoryBytes: undefined, cpus: undefined, pids: undefined },
    extras: noExtras,
    ...parts,
  };
}

export function stateFor(parts: Partial<StateDetails> = {}): StateDetails {
  return {
    state: 'exited',
    startedAt: undefined,
    finishedAt: undefined,
    exitCode: 0,
    isOomKilled: false,
    error: '',
    startFailure: undefined,
    pid: 0,
    restartCount: 0,
    restartPolicy: { name: 'no', maxRetries: 0 },
    isRemovedAtEnd: false,
    ...parts,
  };
}
