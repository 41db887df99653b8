/** The phases of an engine's connection; `engine/engineStore.ts` has what goes with each. */
export type ConnectionPhase = 'disconnected' | 'connecting' | 'connected' | 'unreachable';
