import type { RunProblem } from '../../model/runError.ts';
import { RunError } from '../../model/runError.ts';
import type { RunOptions } from '../../model/runOptions.ts';

const fields: Readonly<Record<RunProblem, string>> = {
  nameTaken: 'name',
  portTaken: 'ports',
  noCommand: 'command',
  commandMissing: 'command',
  commandDenied: 'command',
  hostPathMissing: 'mounts',
  badMount: 'mounts',
  noNetwork: 'networks',
  badNetwork: 'networks',
  noUser: 'user',
  badWorkingDir: 'workingDir',
  badLimit: 'memory',
  noImage: 'image',
  badPlatform: 'platform',
};

/** The field of the form that a failure is about; empty where it is about none. */
export function fieldOfFailure(error: unknown, options: RunOptions): string {
  if (!(error instanceof RunError)) return '';
  const { problem, subject } = error;
  const field = fields[problem];
  switch (problem) {
    case 'portTaken': {
      const port = /:(\d+)$/.exec(subject)?.[1] ?? subject;
      return rowOf(
        'ports',
        options.ports.findIndex(({ hostPort }) => hostPort === port),
        'host',
      );
    }
    case 'hostPathMissing':
      return rowOf(
        'mounts',
        options.mounts.findIndex(({ source }) => source === subject),
        'source',
      );
    case 'badMount':
      return rowOf(
        'mounts',
        options.mounts.findIndex(({ target }) => target === subject),
        'target',
      );
    case 'noNetwork':
      return rowOf(
        'networks',
        options.networks.findIndex(({ name }) => name === subject),
        'name',
      );
    case 'badNetwork':
      return rowOf(
        'networks',
        options.networks.findIndex(({ ipAddress }) => ipAddress !== ''),
        'ipAddress',
      );
    case 'commandMissing':
    case 'commandDenied':
      return options.entrypoint === subject ? 'entrypoint' : field;
    case 'badLimit':
      return /cpu/i.test(error.message) ? 'cpus' : field;
    default:
      return field;
  }
}

/** Of a list the row that it is about; the form finds the first one where none is. */
function rowOf(list: string, index: number, part: string): string {
  return `${list}.${String(Math.max(index, 0))}.${part}`;
}
