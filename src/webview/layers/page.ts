import type { PageChannel } from '../../protocol/channel.ts';
import {
  isLayersAct,
  isLayersPageState,
  isLayersPhase,
  isRulesReport,
  type LayersContract,
  type LayersPageState,
  type LayersPageTarget,
  type LayersPhase,
  type RulesReport,
} from '../../protocol/layers.ts';
import { type HostApi, pageChannel } from '../host.ts';
import { ReadingView } from './readingView.ts';
import { type Kept, type NamedImage, Screen } from './screen.ts';
import { createWords, type Words } from './words.ts';

const newPage: Kept = {
  step: undefined,
  scope: 'changes',
  tab: 'files',
  text: '',
  hidden: [],
  sort: 'name',
};

/** The page of layers: shows how far the reading is, and then the layers. */
export class LayersPage {
  private readonly host: HostApi;
  private readonly channel: PageChannel<LayersContract>;
  private kept: Kept = newPage;
  private words: Words | undefined;
  private target: LayersPageTarget = { images: [] };
  private reading: ReadingView | undefined;
  private screen: Screen | undefined;
  private rules: RulesReport | undefined;

  constructor(host: HostApi) {
    this.host = host;
    const kept = host.getState();
    if (isLayersPageState(kept)) this.kept = kept;
    this.channel = pageChannel<LayersContract>(host, {
      phase: {
        accepts: isLayersPhase,
        hear: (phase) => {
          this.show(phase);
        },
      },
      rules: {
        accepts: isRulesReport,
        hear: (report) => {
          this.setRules(report);
        },
      },
      act: { accepts: isLayersAct, hear: (act) => this.screen?.act(act) },
    });
  }

  async start(): Promise<void> {
    const { strings, target, phase, rules } = await this.channel.ask('ready', undefined);
    this.words = createWords(strings);
    this.target = target;
    this.rules = rules;
    this.keep(this.kept);
    this.reading = new ReadingView(this.words, () => {
      this.channel.tell('tryAgain', undefined);
    });
    this.show(phase);
  }

  private show(phase: LayersPhase): void {
    const { words, reading } = this;
    if (words === undefined || reading === undefined) return;
    if (phase.kind !== 'open') {
      this.screen?.dispose();
      this.screen = undefined;
      reading.show(phase);
      if (!reading.element.isConnected) document.body.replaceChildren(reading.element);
      return;
    }
    if (this.screen !== undefined) return;
    const [one, ...others] = phase.images.map(
      (image, index): NamedImage => ({ ...image, name: this.target.images[index]?.name ?? '' }),
    );
    if (one === undefined) return;
    this.screen = new Screen({
      words,
      channel: this.channel,
      images: [one, ...others],
      kept: this.kept,
      onKept: (kept) => {
        this.keep(kept);
      },
    });
    document.body.replaceChildren(this.screen.element);
    this.screen.showRules(this.rules);
    this.screen.start();
  }

  private setRules(report: RulesReport | undefined): void {
    this.rules = report ?? undefined;
    this.screen?.showRules(this.rules);
  }

  private keep(kept: Kept): void {
    this.kept = kept;
    const state: LayersPageState = { ...kept, version: 1, target: this.target };
    this.host.setState(state);
  }
}
