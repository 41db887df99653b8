import { createContext, Script } from 'node:vm';

/** Runs work that a hostile or careless expression could make endless; false when it was stopped. */
export type TimeLimit = (work: () => void) => boolean;

/**
 * A limit that even one single endless `exec` of a regular expression keeps to: the engine's own watchdog, which a
 * script gets and a function does not.
 */
export function timeLimit(timeoutMs: number): TimeLimit {
  let current: (() => void) | undefined;
  const context = createContext({
    run: () => {
      current?.();
    },
  });
  const script = new Script('run()');
  return (work) => {
    current = work;
    try {
      script.runInContext(context, { timeout: timeoutMs });
      return true;
    } catch (error) {
      if (isTimeout(error)) return false;
      throw error;
    } finally {
      current = undefined;
    }
  };
}

/** The error is one of the context's own, and so no instance of this side's `Error`. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
