import { writeDockerRunLine } from '../../model/dockerRunLineWriter.ts';
import { formOf, type RunForm } from '../../model/runForm.ts';
import { readForm } from '../../model/runFormReader.ts';
import type { PortMapping, RunOptions } from '../../model/runOptions.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import {
  type ImageHints,
  isRunKnown,
  isRunPageState,
  type RunContract,
  type RunKnown,
  type RunPageState,
  type RunResult,
  type RunSnapshot,
  type TakenPort,
} from '../../protocol/run.ts';
import { type HostApi, pageChannel } from '../host.ts';
import { absolutePaths } from './absolutePaths.ts';
import { Latest } from './latest.ts';
import { RunScreen } from './screen.ts';

/** The form: what is typed is checked, written as a line, kept, and run. */
export class RunPage {
  private readonly host: HostApi;
  private readonly channel: PageChannel<RunContract>;
  private readonly ports: Latest<readonly PortMapping[], readonly TakenPort[]>;
  private readonly images: Latest<string, ImageHints | undefined>;
  private snapshot: RunSnapshot | undefined;
  private screen: RunScreen | undefined;
  private known: RunKnown = { containers: [], networks: [], isConnected: true };
  private taken: readonly TakenPort[] = [];
  private running: AbortController | undefined;

  constructor(host: HostApi) {
    this.host = host;
    this.channel = pageChannel<RunContract>(host, {
      known: {
        accepts: isRunKnown,
        hear: (known) => {
          this.known = known;
          this.update(true);
        },
      },
    });
    this.ports = new Latest(
      (ports) => this.channel.ask('checkPorts', ports),
      (taken) => {
        this.taken = taken;
        this.check();
      },
    );
    this.images = new Latest(
      (name) => (name === '' ? Promise.resolve(undefined) : this.channel.ask('image', { name })),
      (hints, name) => this.screen?.showImage(name, hints),
    );
  }

  async start(): Promise<void> {
    const snapshot = await this.channel.ask('ready', undefined).catch(() => undefined);
    if (snapshot === undefined) return;
    this.snapshot = snapshot;
    this.known = snapshot.known;
    this.screen = new RunScreen({
      strings: snapshot.strings,
      target: snapshot.target,
      choose: (what) => this.channel.ask('choose', { what }).catch(() => undefined),
      onChange: () => {
        this.update();
      },
      onLine: (options) => {
        this.fillFrom(options);
      },
      onCopy: (text) => {
        this.channel.tell('copy', { text });
      },
      onRun: () => void this.run(),
      onCancel: () => {
        this.running?.abort();
      },
    });
    const kept = this.host.getState();
    this.screen.form.fill(isRunPageState(kept) ? kept.form : snapshot.form);
    document.body.append(this.screen.element);
    this.screen.begin();
    this.update();
  }

  private fillFrom(options: RunOptions): void {
    const folder = this.snapshot?.folder ?? '';
    this.screen?.form.fill(formOf(absolutePaths(options, folder)));
    this.update();
    this.screen?.form.touchAll();
  }

  private update(isAnew = false): void {
    const { screen, snapshot } = this;
    if (screen === undefined || snapshot === undefined) return;
    const form = screen.form.read();
    const { options } = readForm(form);
    screen.showLine(writeDockerRunLine(options), this.known.isConnected);
    this.ports.want(hostPorts(form), isAnew);
    this.images.want(form.image, isAnew);
    this.keep(form, snapshot);
    this.check();
  }

  private check(): void {
    const { screen } = this;
    if (screen === undefined) return;
    const form = screen.form.read();
    screen.showProblems(form, readForm(form), this.known, this.taken);
  }

  private async run(): Promise<void> {
    const { screen } = this;
    if (screen === undefined || this.running !== undefined) return;
    screen.form.prune();
    this.update();
    if (!screen.isReady()) return;
    const form = screen.form.read();
    this.running = new AbortController();
    screen.begins(form.image);
    const result = await this.channel
      .ask('run', { form }, this.running.signal)
      .catch(
        (error: unknown): RunResult =>
          this.running?.signal.aborted === true
            ? { kind: 'cancelled' }
            : { kind: 'failed', message: String(error), at: '' },
      );
    this.running = undefined;
    screen.ends(result);
  }

  private keep(form: RunForm, { target }: RunSnapshot): void {
    const state: RunPageState = { version: 1, target, form };
    this.host.setState(state);
  }
}

/** In the order of the rows; what can't be read is no port and asks nothing. */
function hostPorts({ ports }: RunForm): readonly PortMapping[] {
  return ports.map(({ host, protocol }) => {
    const found = /^(?:(.*):)?(\d+)$/.exec(host);
    const ip = (found?.[1] ?? '').replace(/^\[|\]$/g, '').replace(/^localhost$/, '127.0.0.1');
    return { hostIp: ip, hostPort: found?.[2] ?? '', containerPort: 0, protocol };
  });
}
