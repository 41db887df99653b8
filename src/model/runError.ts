import { EngineError, type EngineErrorReason } from './engineError.ts';

/**
 * `nameTaken`: another container has the name; `portTaken`: something else listens on a port of the host;
 * `noCommand`: the image says none and none was given; `commandMissing`: the program is not in the image;
 * `commandDenied`: it is there and can't be run; `hostPathMissing`: a folder of the host that is to be mounted;
 * `badMount`, `noNetwork`, `badNetwork`, `noUser`, `badWorkingDir`, `badLimit`, `noImage`, `badPlatform`: as they say.
 */
export type RunProblem =
  | 'nameTaken'
  | 'portTaken'
  | 'noCommand'
  | 'commandMissing'
  | 'commandDenied'
  | 'hostPathMissing'
  | 'badMount'
  | 'noNetwork'
  | 'badNetwork'
  | 'noUser'
  | 'badWorkingDir'
  | 'badLimit'
  | 'noImage'
  | 'badPlatform';

const reasons: Readonly<Partial<Record<RunProblem, EngineErrorReason>>> = {
  nameTaken: 'conflict',
  portTaken: 'conflict',
  noNetwork: 'notFound',
  noImage: 'notFound',
};

/** Why a container was not made or did not start. `message` is the engine's own sentence. */
export class RunError extends EngineError {
  readonly problem: RunProblem;
  /** What it is about, where the engine names it: the port, the program, the network. */
  readonly subject: string;

  constructor(problem: RunProblem, subject: string, message: string, cause?: unknown) {
    super(reasons[problem] ?? 'unexpected', message, { cause });
    this.problem = problem;
    this.subject = subject;
  }
}
