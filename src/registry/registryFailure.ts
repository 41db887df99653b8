import { list, object, text } from '../base/json.ts';
import { oneLine } from '../base/format.ts';
import { RegistryError, type RegistryProblem } from '../model/registryError.ts';
import { type HttpAnswer, HttpFailure, type HttpTrouble } from './http.ts';
import { retryAfterSeconds } from './retryAfter.ts';

/** Codes of the distribution API that say more than the status does. */
const problems: Readonly<Record<string, RegistryProblem>> = {
  UNAUTHORIZED: 'denied',
  DENIED: 'denied',
  NAME_UNKNOWN: 'missing',
  MANIFEST_UNKNOWN: 'missing',
  TOOMANYREQUESTS: 'limited',
};

/** What an answer that is no success means. */
export function failureOfAnswer(registry: string, answer: HttpAnswer, nowMs: number): RegistryError {
  const { status, headers } = answer;
  const [first] = errorsOf(answer);
  const said = first?.said ?? '';
  const message = said === '' ? `the registry answered ${String(status)}` : said;
  const problem = problemOfStatus(status) ?? problems[first?.code ?? ''] ?? 'failed';
  const waitSeconds = retryAfterSeconds(headers['retry-after'], nowMs);
  return new RegistryError(problem, registry, message, { retryAfterSeconds: waitSeconds });
}

const ofTrouble: Readonly<Record<HttpTrouble, RegistryProblem>> = {
  unreachable: 'unreachable',
  silent: 'silent',
  tls: 'tls',
  notTls: 'tls',
  foreign: 'foreign',
  oversized: 'oversized',
};

/** What a failed exchange means; other errors pass through. */
export function failureOfExchange(registry: string, error: unknown): unknown {
  if (!(error instanceof HttpFailure)) return error;
  return new RegistryError(ofTrouble[error.trouble], registry, error.message, { cause: error });
}

function problemOfStatus(status: number): RegistryProblem | undefined {
  if (status === 401 || status === 403) return 'denied';
  if (status === 404) return 'missing';
  if (status === 405) return 'undeletable';
  return status === 429 ? 'limited' : undefined;
}

function errorsOf({ body }: HttpAnswer): readonly { readonly code: string; readonly said: string }[] {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return [];
  }
  return list(object(json)['errors']).map((each) => {
    const error = object(each);
    return { code: text(error['code']), said: oneLine(text(error['message']), 200) };
  });
}
