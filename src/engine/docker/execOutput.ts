import { EngineError } from '../../model/engineError.ts';
import type { OutputChunk } from '../engine.ts';
import { toRunError } from './runFailure.ts';

/** How engines begin when they say, in the place of the command's output, why they could not run it. */
const refusal =
  /^(?:OCI runtime exec failed|unable to find (?:user|group)|Error: (?:crun|runc|OCI|executable)|.*hcs(?:shim)?::)/;

/** A refusal is a line or two. */
const maxRefusalBytes = 4096;

/** What a shell, and so an engine, calls a command that can't be run. */
const refusalCodes: readonly (number | undefined)[] = [126, 127];

/**
 * The output of a command at a terminal. An engine that can't run it says so as if the command had: that becomes a
 * `RunError`, and only that.
 */
export async function* readExecOutput(
  output: AsyncGenerator<OutputChunk>,
  exitCode: () => Promise<number | undefined>,
): AsyncGenerator<OutputChunk> {
  const first = await output.next();
  if (first.done === true) return;
  if (!refusal.test(Buffer.from(first.value.data.subarray(0, maxRefusalBytes)).toString())) {
    yield first.value;
    yield* output;
    return;
  }
  const held = [first.value];
  let bytes = first.value.data.length;
  for await (const chunk of output) {
    held.push(chunk);
    bytes += chunk.data.length;
    if (bytes <= maxRefusalBytes) continue;
    yield* held;
    yield* output;
    return;
  }
  if (refusalCodes.includes(await exitCode().catch(() => undefined))) {
    const said = Buffer.concat(held.map(({ data }) => data)).toString();
    throw toRunError(new EngineError('unexpected', said.trim()));
  }
  yield* held;
}
