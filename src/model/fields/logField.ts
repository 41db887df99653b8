import type { LinePart } from './linePart.ts';

/** A name and its value, as they stand in a line. */
export interface LogField {
  /** Within objects the names of all of them, joined by dots. */
  readonly name: string;
  /** The parts of the name, from the outermost on. */
  readonly path: readonly LinePart[];
  readonly value: LinePart;
  readonly kind: 'text' | 'number' | 'literal' | 'json';
}
