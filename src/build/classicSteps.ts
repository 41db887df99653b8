import { type BuildEvent, type BuildItem, type StepFacts } from '../model/build.ts';
import type { BuildMessage } from '../model/buildMessage.ts';
import { dockerfileStages, lineOfClassicStep, stageNameAt } from '../model/dockerfileStages.ts';
import { boundedOutput, OutputLines } from './outputLines.ts';

/** Docker's counts through, `Step 4/7 : RUN make`; Podman's by the stage, `[2/2] STEP 1/3: RUN make`. */
const stepLine = /^(?:\[(?<stage>\d+)\/\d+\] )?(?:Step|STEP) (?<number>\d+)\/(?<total>\d+) ?: (?<name>.*)$/s;
const fromCache = /^(?: ---> Using cache|--> Using cache [0-9a-f]+)\n$/;
/** What the builder says between a step's instruction and the output of its command. */
const chatter =
  /^(?:\n| ---> (?:Running in )?[0-9a-f]{12,64}\n| ---> Removed intermediate container [0-9a-f]+\n|Removing intermediate container [0-9a-f]+\n|Successfully (?:built|tagged) \S+\n|--> [0-9a-f]{11,64}\n)$/;

/** Reads the classic builder's stream as the steps it is about. */
export class ClassicSteps {
  private readonly dockerfile: string;
  private readonly now: () => number;
  private step: StepFacts | undefined;
  /** `stage` is 0 where steps are counted through. */
  private place = { stage: 0, number: 0, total: 0 };
  private lines = new OutputLines();

  constructor(dockerfile: string, now: () => number) {
    this.dockerfile = dockerfile;
    this.now = now;
  }

  /** The step that is under way, or was the last. */
  get current(): StepFacts | undefined {
    return this.step;
  }

  read(message: BuildMessage): readonly BuildEvent[] {
    switch (message.kind) {
      case 'text':
        return this.text(message.text);
      case 'image':
        return [{ kind: 'image', imageId: message.imageId }];
      case 'layer':
        return this.step === undefined ? [] : [{ kind: 'item', stepId: this.step.id, item: itemOf(message) }];
      case 'failure':
        return this.end(message.message);
    }
  }

  /** Nothing more comes. */
  end(error = ''): readonly BuildEvent[] {
    const { step } = this;
    if (step === undefined || step.endedAt !== undefined) return [];
    this.step = { ...step, endedAt: this.now(), error };
    return [...this.output(this.lines.end()), { kind: 'step', step: this.step }];
  }

  private text(text: string): readonly BuildEvent[] {
    const found = stepLine.exec(text)?.groups;
    const place = {
      stage: Number(found?.['stage'] ?? 0),
      number: Number(found?.['number']),
      total: Number(found?.['total']),
    };
    // A command may print such a line too, but not one that goes on with the count.
    if (this.isNext(place)) return this.begin(place, found?.['name'] ?? '');
    if (fromCache.test(text)) {
      if (this.step === undefined) return [];
      this.step = { ...this.step, isCached: true };
      return [{ kind: 'step', step: this.step }];
    }
    if (chatter.test(text)) return [];
    const warning = /^\[Warning\] (.*)\n$/s.exec(text)?.[1];
    if (warning !== undefined) return [{ kind: 'warning', warning: { text: warning, line: undefined } }];
    return this.output(this.lines.add(text));
  }

  private isNext({ stage, number, total }: ClassicSteps['place']): boolean {
    const { place } = this;
    if (place.total === 0 || (place.stage > 0 && stage > place.stage)) return number === 1;
    return stage === place.stage && number === place.number + 1 && total === place.total;
  }

  private begin(place: ClassicSteps['place'], name: string): readonly BuildEvent[] {
    const ended = this.end();
    this.place = place;
    this.lines = new OutputLines();
    const { number, total } = place;
    const line = this.lineOf(place);
    const stage = line === undefined ? undefined : stageNameAt(this.dockerfile, line);
    this.step = {
      id: `step ${String(place.stage)} ${String(number)}`,
      label: `${stage === undefined ? '' : `${stage} `}${String(number)}/${String(total)}`,
      name: name.trim(),
      line,
      startedAt: this.now(),
      endedAt: undefined,
      isCached: false,
      error: '',
    };
    return [...ended, { kind: 'step', step: this.step }];
  }

  private lineOf({ stage, number }: ClassicSteps['place']): number | undefined {
    if (stage === 0) return lineOfClassicStep(this.dockerfile, number);
    return dockerfileStages(this.dockerfile)[stage - 1]?.instructions[number - 1]?.line;
  }

  private output(lines: readonly string[]): readonly BuildEvent[] {
    if (this.step === undefined || lines.length === 0) return [];
    return [{ kind: 'output', stepId: this.step.id, output: boundedOutput(lines) }];
  }
}

function itemOf(message: Extract<BuildMessage, { kind: 'layer' }>): BuildItem {
  const { layerId, status, currentBytes, totalBytes } = message;
  const isDone = /^(?:Pull complete|Already exists)$/.test(status);
  return { name: layerId, current: currentBytes, total: totalBytes, isDone };
}
