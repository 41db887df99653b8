/** Most contexts at once; the protocol has a limit, and nobody opens so many. */
export const maxContexts = 200;

const steps = [5, 20, 100];

/** How many lines show around a row after the next press; undefined: none again. */
export function nextStep(lines: number | undefined): number | undefined {
  return lines === undefined ? steps[0] : steps.find((step) => step > lines);
}
