import type { ObjectKind } from './identity.ts';

/**
 * One normalised event. `action` is Docker's word without its argument (`health_status: healthy` is `health_status`
 * with `detail` `healthy`); an adapter translates other engines' words.
 */
export interface EngineEvent {
  readonly kind: ObjectKind;
  readonly action: string;
  /** Empty when the event concerns the whole kind (prune). */
  readonly id: string;
  readonly detail: string;
  /** Milliseconds since the epoch, by the engine's clock. */
  readonly at: number;
  readonly attributes: Readonly<Record<string, string>>;
}
