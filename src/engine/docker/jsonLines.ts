import { EngineError } from '../../model/engineError.ts';

/** A message of an engine is small; a line beyond this is no message. */
const maxLineBytes = 16 * 1024 * 1024;

/** The values of a stream of JSON texts, one a line, whatever the chunks that they arrive in. */
export async function* jsonLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield parse(line);
    if (rest.length > maxLineBytes) throw garbage('a message without an end');
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield parse(rest);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw garbage('a message that is not JSON', error);
  }
}

function garbage(what: string, cause?: unknown): EngineError {
  return new EngineError('unexpected', `the engine sent ${what}`, { cause, hint: 'garbage' });
}
