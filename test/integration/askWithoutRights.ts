import { english } from '../../src/base/localize.ts';
import { explain } from '../../src/commands/explain.ts';
import { DockerEngine } from '../../src/engine/docker/dockerEngine.ts';
import { asEngineError } from '../../src/model/engineError.ts';

/* Run by permission.test.ts as another user: connects to a socket and prints what came of it. */

const [socket = ''] = process.argv.slice(2);
const engine = new DockerEngine({ kind: 'socket', path: socket });
const signal = new AbortController().signal;
const error = await engine.connect(signal).then(
  () => undefined,
  (failure: unknown) => asEngineError(failure),
);
console.log(
  JSON.stringify(
    error === undefined
      ? { reason: 'connected' }
      : { reason: error.reason, hint: error.hint, sentence: explain(error, english) },
  ),
);
engine.dispose();
