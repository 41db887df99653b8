import { isCancelled } from '../../base/cancellation.ts';
import type { Event } from '../../base/event.ts';
import { type Disposable, DisposableStore, MutableDisposable } from '../../base/lifecycle.ts';
import type { Logger } from '../../base/logger.ts';
import { hasReason } from '../../model/engineError.ts';
import { printObjectRef } from '../../model/identity.ts';
import type { LayersAct, WasteTotals } from '../../model/imageLayers.ts';
import type { LayerQuestions, OpenImage, OpenProgress } from '../../model/layerQuestions.ts';
import type { LayersImage, LayersTarget } from '../../model/layersTarget.ts';
import {
  Channel,
  type HostChannel,
  type HostHandlers,
  type Port,
  type RequestHandler,
} from '../../protocol/channel.ts';
import {
  isImagePart,
  isLocateRequest,
  isOpenPath,
  isPathOnly,
  isTreeRequest,
  type LayersContract,
  type LayersPhase,
  type LayersSnapshot,
  type LayersStrings,
  type OpenPath,
  type RulesReport,
} from '../../protocol/layers.ts';
import { type Guard, isNothing } from '../../protocol/shape.ts';

/** What reads the layers: the worker, or a test's stand-in. */
export interface LayerReader extends Disposable {
  ask<K extends keyof LayerQuestions>(
    name: K,
    params: LayerQuestions[K]['params'],
    signal: AbortSignal,
  ): Promise<LayerQuestions[K]['result']>;
}

export interface LayerReaderStart {
  readonly onProgress: (progress: OpenProgress) => void;
  readonly onBroken: (error: Error) => void;
}

/** What a page can ask the editor for. */
export interface LayersActions {
  openPath(reader: LayerReader, request: OpenPath, images: readonly OpenImage[]): Promise<void>;
  save(reader: LayerReader, image: OpenImage): Promise<void>;
  copy(text: string): Promise<void>;
  compare(): Promise<void>;
  openRules(): Promise<void>;
  fail(error: unknown): void;
  /** A whole sentence: why this image's layers can't be read. */
  explain(error: unknown, image: LayersImage): string;
}

/** The rules that the workspace has for images. */
export interface LayersRules {
  judge(waste: WasteTotals): Promise<RulesReport | undefined>;
  readonly onDidChange: Event<void>;
}

/** Between one page of layers and its reader: reads what there is to show, checks, relays. */
export class LayersHost implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly reader = this.owned.add(new MutableDisposable<LayerReader>());
  private readonly ended = new AbortController();
  private readonly channel: HostChannel<LayersContract>;
  private readonly target: LayersTarget;
  private readonly strings: LayersStrings;
  private readonly startReader: (start: LayerReaderStart) => LayerReader | undefined;
  private readonly actions: LayersActions;
  private readonly rules: LayersRules;
  private readonly onOpen: (images: readonly OpenImage[]) => void;
  private readonly log: Logger;
  private phase: LayersPhase = { kind: 'waiting' };
  private report: RulesReport | undefined;
  private judgements = 0;

  constructor(options: {
    readonly port: Port;
    readonly target: LayersTarget;
    readonly strings: LayersStrings;
    /** Undefined as long as the engine is not known. */
    readonly startReader: (start: LayerReaderStart) => LayerReader | undefined;
    readonly actions: LayersActions;
    readonly rules: LayersRules;
    /** The images were read. */
    readonly onOpen: (images: readonly OpenImage[]) => void;
    readonly log: Logger;
  }) {
    this.target = options.target;
    this.strings = options.strings;
    this.startReader = options.startReader;
    this.actions = options.actions;
    this.rules = options.rules;
    this.onOpen = options.onOpen;
    this.log = options.log;
    this.channel = this.owned.add(this.connect(options.port));
    this.owned.add({
      dispose: () => {
        this.ended.abort();
      },
    });
    this.owned.add(
      this.rules.onDidChange(() => {
        void this.judge();
      }),
    );
    void this.open();
  }

  /** The engine is known now. */
  begin(): void {
    if (this.phase.kind === 'waiting') void this.open();
  }

  /** Something was chosen from the menu of a path. */
  act(act: LayersAct): void {
    this.channel.tell('act', act);
  }

  /** Whoever else has use for what was read; undefined until it is. */
  readerOf(imageId: string): LayerReader | undefined {
    const isOpen = this.phase.kind === 'open' && this.phase.images.some((image) => image.imageId === imageId);
    return isOpen ? this.reader.value : undefined;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private connect(port: Port): HostChannel<LayersContract> {
    const handlers: HostHandlers<LayersContract> = {
      requests: {
        ready: { accepts: isNothing, answer: () => this.snapshot() },
        tree: this.asked('tree', isTreeRequest),
        locate: this.asked('locate', isLocateRequest),
        waste: this.asked('waste', isImagePart),
        duplicates: this.asked('duplicates', isImagePart),
      },
      events: {
        tryAgain: {
          accepts: isNothing,
          hear: () => {
            if (this.phase.kind === 'failed') void this.open();
          },
        },
        openPath: {
          accepts: isOpenPath,
          hear: (request) =>
            void this.withOpen((reader, images) => this.actions.openPath(reader, request, images)),
        },
        copyPath: {
          accepts: isPathOnly,
          hear: ({ path }) => void this.attempt(() => this.actions.copy(`/${path}`)),
        },
        save: {
          accepts: isNothing,
          hear: () =>
            void this.withOpen(async (reader, images) => {
              const image = images.at(-1);
              if (image !== undefined) await this.actions.save(reader, image);
            }),
        },
        compare: { accepts: isNothing, hear: () => void this.attempt(() => this.actions.compare()) },
        openRules: { accepts: isNothing, hear: () => void this.attempt(() => this.actions.openRules()) },
      },
    };
    return new Channel(port, handlers, (what) => {
      this.log.warn(`layers panel: refused ${what}`);
    });
  }

  /** A question of the page's that the reader answers. */
  private asked<K extends 'tree' | 'locate' | 'waste' | 'duplicates'>(
    name: K,
    accepts: Guard<LayerQuestions[K]['params']>,
  ): RequestHandler<LayerQuestions[K]['params'], LayerQuestions[K]['result']> {
    return {
      accepts,
      answer: (params, signal) => {
        const reader = this.reader.value;
        if (reader === undefined) throw new Error('nothing is open');
        return reader.ask(name, params, signal);
      },
    };
  }

  private snapshot(): LayersSnapshot {
    const { strings, phase, report: rules, target } = this;
    const images = target.map(({ ref, name }) => ({ ref: printObjectRef(ref), name }));
    return { strings, target: { images }, phase, rules };
  }

  /** Reads one image after the other: the engine would not be faster at both at once. */
  private async open(): Promise<void> {
    let reading: LayersImage = this.target[0];
    try {
      const reader = this.reader.value ?? this.start();
      if (reader === undefined) return;
      const images: OpenImage[] = [];
      for (const image of this.target) {
        reading = image;
        this.setPhase({ kind: 'reading', image: image.name, readBytes: 0, expectedBytes: 0 });
        images.push(await reader.ask('open', { image: image.ref.id }, this.ended.signal));
      }
      if (this.owned.isDisposed) return;
      this.setPhase({ kind: 'open', images });
      this.onOpen(images);
      await this.judge();
    } catch (error) {
      if (this.owned.isDisposed || isCancelled(error) || hasReason(error, 'cancelled')) return;
      this.log.warn(`layers of ${reading.ref.id}: ${String(error)}`);
      this.setPhase({ kind: 'failed', message: this.actions.explain(error, reading) });
    }
  }

  private start(): LayerReader | undefined {
    const reader = this.startReader({
      onProgress: ({ readBytes, expectedBytes }) => {
        if (this.phase.kind === 'reading') this.setPhase({ ...this.phase, readBytes, expectedBytes });
      },
      onBroken: (error) => {
        this.log.error('a reader of layers stopped unexpectedly', error);
        this.reader.set(undefined);
        this.setPhase({ kind: 'failed', message: this.actions.explain(error, this.target[0]) });
      },
    });
    this.reader.set(reader);
    return reader;
  }

  private setPhase(phase: LayersPhase): void {
    this.phase = phase;
    this.channel.tell('phase', phase);
  }

  private async judge(): Promise<void> {
    const judgement = ++this.judgements;
    const { phase } = this;
    const last = phase.kind === 'open' ? phase.images.at(-1) : undefined;
    const report = last === undefined ? undefined : await this.rules.judge(last.layers.waste);
    if (judgement !== this.judgements || this.owned.isDisposed) return;
    this.report = report;
    this.channel.tell('rules', report);
  }

  private async withOpen(
    work: (reader: LayerReader, images: readonly OpenImage[]) => Promise<void>,
  ): Promise<void> {
    const { phase } = this;
    const reader = this.reader.value;
    if (reader !== undefined && phase.kind === 'open') await this.attempt(() => work(reader, phase.images));
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isCancelled(error) && !hasReason(error, 'cancelled')) this.actions.fail(error);
    }
  }
}
