import { fill } from './fill.ts';

/**
 * Translates a whole English sentence with named placeholders in braces. The composition root passes the editor's
 * own; layers that must not know the editor take it as an argument. Call it `t` so that the string test finds it.
 */
export type Localize = (message: string, args?: Readonly<Record<string, string | number>>) => string;

/** English as written; for tests and scripts. */
export const english: Localize = (message, args = {}) => fill(message, args);
