import { EngineError, type EngineErrorOptions, type EngineErrorReason } from '../model/engineError.ts';

/** What a person may do about a failure. */
export interface NextStep {
  readonly label: string;
  run(signal: AbortSignal): Promise<void>;
}

interface CommandFailureOptions extends EngineErrorOptions {
  readonly nextSteps?: readonly NextStep[];
}

/** A failure whose message is the whole sentence for the user already, with its next step; nothing is added to it. */
export class CommandFailure extends EngineError {
  readonly nextSteps: readonly NextStep[];

  constructor(reason: EngineErrorReason, message: string, options: CommandFailureOptions = {}) {
    super(reason, message, options);
    this.nextSteps = options.nextSteps ?? [];
  }
}
