import { fill } from '../../base/fill.ts';
import type { ReadForm } from '../../model/runFormReader.ts';
import { isSpecialNetwork } from '../../model/runOptions.ts';
import type { RunForm } from '../../model/runForm.ts';
import type { RunKnown, TakenPort } from '../../protocol/run.ts';
import type { RunStrings } from '../../protocol/runStrings.ts';

export interface PlacedText {
  readonly at: string;
  readonly text: string;
}

/** All that is wrong with the form, by what it says itself and by what is known of the engine. */
export function problemTexts(
  form: RunForm,
  { problems }: ReadForm,
  known: RunKnown,
  taken: readonly TakenPort[],
  strings: RunStrings,
): readonly PlacedText[] {
  const own = problems.map(({ at, kind }) => ({ at, text: strings.problems[kind] }));
  const isTaken = form.name !== '' && known.containers.includes(form.name);
  const ports = taken.map(({ index, holder }) => ({
    at: `ports.${String(index)}.host`,
    text: holder === '' ? strings.portTakenElsewhere : fill(strings.portTaken, { name: holder }),
  }));
  const networks = form.networks.flatMap(({ name }, index) =>
    known.networks.length === 0 || name === '' || isSpecialNetwork(name) || known.networks.includes(name)
      ? []
      : [{ at: `networks.${String(index)}.name`, text: strings.networkUnknown }],
  );
  return [
    // The last one of a field counts: what is written wrong comes before what is known of it.
    ...networks,
    ...ports,
    ...(isTaken ? [{ at: 'name', text: fill(strings.nameTaken, { name: form.name }) }] : []),
    ...[...own].reverse(),
  ];
}
