import { expect, test } from 'vitest';
import { toRunError } from '../../../../src/engine/docker/runFailure.ts';
import { EngineError } from '../../../../src/model/engineError.ts';
import { RunError } from '../../../../src/model/runError.ts';

/* Sentences that engines of 20.10 and 26.1 really say. */
test.each([
  [
    'nameTaken',
    'web',
    'Conflict. The container name "/web" is already in use by container "76d426727c07". You have to remove (or rename) that container to be able to reuse that name.',
  ],
  [
    'portTaken',
    '0.0.0.0:8080',
    'driver failed programming external connectivity on endpoint web (ab12): Bind for 0.0.0.0:8080 failed: port is already allocated',
  ],
  [
    'portTaken',
    '127.0.0.1:8080',
    'driver failed programming external connectivity on endpoint web (ab12): Error starting userland proxy: listen tcp4 127.0.0.1:8080: bind: address already in use',
  ],
  ['noCommand', '', 'No command specified'],
  ['noImage', 'gone:1', 'No such image: gone:1'],
  [
    'commandMissing',
    'nope',
    'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nope": executable file not found in $PATH: unknown',
  ],
  [
    'commandMissing',
    '/nope',
    'OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "/nope": stat /nope: no such file or directory: unknown',
  ],
  [
    'commandDenied',
    '/etc/passwd',
    'OCI runtime create failed: runc create failed: unable to start container process: exec: "/etc/passwd": permission denied: unknown',
  ],
  ['noUser', 'nobodyelse', 'unable to find user nobodyelse: no matching entries in passwd file'],
  [
    'badWorkingDir',
    'relative',
    "the working directory 'relative' is invalid, it needs to be an absolute path",
  ],
  [
    'hostPathMissing',
    '/nope',
    'invalid mount config for type "bind": bind source path does not exist: /nope',
  ],
  ['badMount', '/data', 'Duplicate mount point: /data'],
  ['noNetwork', 'back', 'network back not found'],
  ['badLimit', '', 'Minimum memory limit allowed is 6MB'],
  ['badLimit', '', 'Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available'],
])('%s of %s is told by what the engine says', (problem, subject, message) => {
  const error = toRunError(new EngineError('unexpected', message));
  expect(error).toBeInstanceOf(RunError);
  expect(error).toMatchObject({ problem, subject, message });
});

test('what is not known stays as it is', () => {
  const error = new EngineError('unreachable', 'socket hang up');
  expect(toRunError(error)).toBe(error);
});
