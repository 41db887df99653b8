import type { Browser } from 'playwright-core';
import { systemClock } from '../../src/base/async.ts';
import { Emitter } from '../../src/base/event.ts';
import { english } from '../../src/base/localize.ts';
import { nullLogger } from '../../src/base/logger.ts';
import { answer } from '../../src/layers/answer.ts';
import { LayerSession } from '../../src/layers/layerSession.ts';
import type { LayerQuestion } from '../../src/layers/messages.ts';
import type { LayerQuestions } from '../../src/model/layerQuestions.ts';
import type { LayersTarget } from '../../src/model/layersTarget.ts';
import type { OpenPath, RulesReport } from '../../src/protocol/layers.ts';
import { explainLayers } from '../../src/ui/panels/explainLayers.ts';
import { LayersHost, type LayerReaderStart } from '../../src/ui/panels/layersHost.ts';
import { layersStrings } from '../../src/ui/panels/layersStrings.ts';
import { image } from '../support/builders.ts';
import { FakeEngine } from '../support/fakeEngine.ts';
import { dockerArchive, type Spec } from '../unit/layers/imageBytes.ts';
import { openPage, type PageBed } from './pageBed.ts';
import type { ThemeName } from './themes.ts';

export interface LayersBed extends PageBed {
  readonly engine: FakeEngine;
  readonly host: LayersHost;
  /** What the page wanted of the editor. */
  readonly wishes: readonly string[];
  readonly opened: readonly OpenPath[];
  /** What the page asked. */
  readonly questions: readonly (keyof LayerQuestions)[];
  /** What the browser or the host complained about. */
  readonly complaints: readonly string[];
  setRules(report: RulesReport | undefined): void;
  /** The engine is found. */
  find(): void;
  /** The thread that reads ends by itself. */
  break(): void;
}

export interface LayersBedOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** Nobody knows the engine yet. */
  readonly isUnknown?: boolean;
  readonly prepare?: (engine: FakeEngine) => void;
}

/** The page of layers of one image, or of two, with its real host and session; only the engine is none. */
export async function openLayers(
  browser: Browser,
  specs: Readonly<Record<string, Spec>>,
  options: LayersBedOptions = {},
): Promise<LayersBed> {
  const { theme = 'dark', width = 1000, height = 560, isUnknown = false } = options;
  const bed = await openPage(browser, 'layers', theme, { width, height });
  const images = Object.keys(specs).map((name) => image(name, [name], { sizeBytes: 5000 }));
  const engine = new FakeEngine({ image: images });
  engine.exports = new Map(
    images.map(({ id }, index) => [id, [dockerArchive(Object.values(specs)[index] ?? { layers: [] })]]),
  );
  options.prepare?.(engine);
  const complaints: string[] = [];
  const wishes: string[] = [];
  const opened: OpenPath[] = [];
  const questions: (keyof LayerQuestions)[] = [];
  bed.page.on('console', (message) => complaints.push(message.text()));
  bed.page.on('pageerror', (error) => complaints.push(String(error)));
  const rulesChanged = new Emitter<void>();
  let rules: RulesReport | undefined;
  let isKnown = !isUnknown;
  let started: LayerReaderStart | undefined;
  const refs = images.map(({ id, tags }) => ({
    ref: { engineId: 'default', kind: 'image' as const, id },
    name: tags[0] ?? '',
  }));
  const [one, other] = refs;
  if (one === undefined) throw new Error('no image');
  const target: LayersTarget = other === undefined ? [one] : [one, other];
  const wish = (what: string): Promise<void> => {
    wishes.push(what);
    return Promise.resolve();
  };
  const host = new LayersHost({
    port: bed.port,
    target,
    strings: layersStrings(english),
    startReader: (start) => {
      if (!isKnown) return undefined;
      started = start;
      const session = new LayerSession({ engine, clock: systemClock, onProgress: start.onProgress });
      return {
        ask: <K extends keyof LayerQuestions>(
          name: K,
          params: LayerQuestions[K]['params'],
          signal: AbortSignal,
        ) => {
          questions.push(name);
          const question = { kind: 'ask', id: 0, name, params } as unknown as LayerQuestion;
          return answer(session, question, signal) as Promise<LayerQuestions[K]['result']>;
        },
        dispose: () => undefined,
      };
    },
    actions: {
      openPath: (_reader, request) => {
        opened.push(request);
        return Promise.resolve();
      },
      save: (_reader, { imageId }) => wish(`save ${imageId}`),
      copy: (text) => wish(`copy ${text}`),
      compare: () => wish('compare'),
      openRules: () => wish('open rules'),
      fail: (error) => complaints.push(String(error)),
      explain: (error, { name }) => `Could not read the layers of ${name}: ${explainLayers(error, english)}`,
    },
    rules: { judge: () => Promise.resolve(rules), onDidChange: rulesChanged.event },
    onOpen: () => undefined,
    log: { ...nullLogger, warn: (message) => complaints.push(message) },
  });
  return {
    ...bed,
    engine,
    host,
    wishes,
    opened,
    questions,
    complaints,
    setRules: (report) => {
      rules = report;
      rulesChanged.fire();
    },
    find: () => {
      isKnown = true;
      host.begin();
    },
    break: () => {
      started?.onBroken(new Error('the worker ended'));
    },
    close: async () => {
      host.dispose();
      await bed.close();
    },
  };
}
