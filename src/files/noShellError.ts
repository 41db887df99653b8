import { EngineError } from '../model/engineError.ts';

/** There is no shell in the container, or not the programs that are needed. */
export class NoShellError extends EngineError {
  constructor(message: string) {
    super('unsupported', message);
  }
}
