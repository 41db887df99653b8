import { list, number, object, text, time } from '../base/json.ts';
import { type BuildEvent, type BuildItem, type StepFacts } from '../model/build.ts';
import { lineOfVertex } from '../model/dockerfileStages.ts';
import { boundedOutput, OutputLines } from './outputLines.ts';

/** Reads the statuses of a BuildKit build as the steps they are about. */
export class BuildkitSteps {
  private readonly dockerfile: string;
  private readonly now: () => number;
  private readonly steps = new Map<string, StepFacts>();
  private readonly lines = new Map<string, OutputLines>();
  /** How far the builder's clock is behind ours. */
  private behindMs: number | undefined;
  private failed: StepFacts | undefined;

  constructor(dockerfile: string, now: () => number) {
    this.dockerfile = dockerfile;
    this.now = now;
  }

  /** The step that the build has failed at, if one has said so. */
  get failure(): StepFacts | undefined {
    return this.failed;
  }

  /** One status, as the client prints it. */
  read(status: unknown): readonly BuildEvent[] {
    const { vertexes, statuses, logs, warnings } = object(status);
    return [
      ...list(vertexes).flatMap((raw) => this.vertex(raw)),
      ...list(statuses).flatMap((raw) => this.status(raw)),
      ...list(logs).flatMap((raw) => this.log(raw)),
      ...list(warnings).flatMap(warningOf),
    ];
  }

  end(): readonly BuildEvent[] {
    return [...this.lines].flatMap(([id, lines]) => outputOf(id, lines.end()));
  }

  private vertex(raw: unknown): readonly BuildEvent[] {
    const vertex = object(raw);
    const id = text(vertex['digest']);
    const whole = text(vertex['name']);
    if (id === '' || whole === '') return [];
    const before = this.steps.get(id);
    const started = this.ours(time(vertex['started']));
    const completed = this.ours(time(vertex['completed']));
    // One that is gone back to (its cache is looked up first) begins where it began.
    const startedAt = before?.startedAt ?? started;
    const step: StepFacts = {
      id,
      ...nameOf(whole),
      line: before === undefined ? lineOfVertex(this.dockerfile, whole) : before.line,
      startedAt,
      endedAt:
        startedAt === undefined || completed === undefined ? undefined : Math.max(startedAt, completed),
      isCached: vertex['cached'] === true,
      error: text(vertex['error']),
    };
    this.steps.set(id, step);
    // What was under way when another step failed is called off: it says so too, but later.
    if (step.error !== '' && !/context canceled|^canceled/i.test(step.error)) this.failed ??= step;
    const rest = step.endedAt === undefined ? [] : outputOf(id, this.lines.get(id)?.end() ?? []);
    return [{ kind: 'step', step }, ...rest];
  }

  private status(raw: unknown): readonly BuildEvent[] {
    const status = object(raw);
    const stepId = text(status['vertex']);
    if (!this.steps.has(stepId)) return [];
    const item: BuildItem = {
      name: text(status['id']),
      current: number(status['current']),
      total: number(status['total']),
      isDone: status['completed'] !== undefined,
    };
    return [{ kind: 'item', stepId, item }];
  }

  private log(raw: unknown): readonly BuildEvent[] {
    const log = object(raw);
    const stepId = text(log['vertex']);
    if (!this.steps.has(stepId)) return [];
    const lines = this.lines.get(stepId) ?? new OutputLines();
    this.lines.set(stepId, lines);
    return outputOf(stepId, lines.add(Buffer.from(text(log['data']), 'base64')));
  }

  private ours(at: number | undefined): number | undefined {
    if (at === undefined) return undefined;
    this.behindMs ??= this.now() - at;
    return at + this.behindMs;
  }
}

/** `[builder 2/5] RUN make` is a step of the Dockerfile, `[internal] load build context` one of the builder's own. */
function nameOf(whole: string): Pick<StepFacts, 'label' | 'name'> {
  const [, label = '', name = whole] = /^\[([^\]]+)\] (.*)$/s.exec(whole) ?? [];
  return { label: label === 'internal' ? '' : label, name };
}

function outputOf(stepId: string, lines: readonly string[]): readonly BuildEvent[] {
  return lines.length === 0 ? [] : [{ kind: 'output', stepId, output: boundedOutput(lines) }];
}

function warningOf(raw: unknown): readonly BuildEvent[] {
  const warning = object(raw);
  const said = Buffer.from(text(warning['short']), 'base64').toString('utf8');
  const line = number(object(object(list(warning['range'])[0])['start'])['line']);
  if (said === '') return [];
  return [{ kind: 'warning', warning: { text: said, line: line > 0 ? line - 1 : undefined } }];
}
