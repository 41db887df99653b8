import { EngineError } from '../model/engineError.ts';

/** A failure whose message is the whole sentence for the user already, with its next step; nothing is added to it. */
export class CommandFailure extends EngineError {}
