import * as vscode from 'vscode';
import type { Clock } from '../../base/async.ts';
import { type Disposable, DisposableStore, MutableDisposable } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { Logger } from '../../base/logger.ts';
import type { Desktop, Prompts } from '../../commands/deps.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { LayerWorker } from '../../layers/layerWorker.ts';
import { newSpoolFolder, removeLeftSpools } from '../../logs/spool/spoolFolder.ts';
import type { LayersAct } from '../../model/imageLayers.ts';
import {
  type LayersImage,
  layersKey,
  type LayersTarget,
  readLayersTarget,
} from '../../model/layersTarget.ts';
import { isLayersPageState } from '../../protocol/layers.ts';
import { WasteHints } from '../editor/wasteHints.ts';
import { LayerFiles } from '../files/layerFiles.ts';
import { DiveRules } from './diveRulesFile.ts';
import { createLayersActions } from './layersActions.ts';
import { type LayerReader, LayersHost, type LayerReaderStart } from './layersHost.ts';
import { layersStrings } from './layersStrings.ts';
import { panelHtml, panelOptions } from './panelHtml.ts';

const viewType = 'quayside.layers';

export interface LayersPanelsOptions {
  readonly extensionUri: vscode.Uri;
  /** Of the bundled worker. */
  readonly workerPath: string;
  /** Below which the copies of exports go. */
  readonly copyRoot: string;
  readonly engines: EngineSet;
  /** Settles once the engines were looked for. */
  readonly searched: Promise<void>;
  readonly prompts: Prompts;
  readonly desktop: Pick<Desktop, 'copy'>;
  /** Asks with which other image, and shows both. */
  readonly compare: (image: LayersImage) => Promise<void>;
  readonly clock: Clock;
  readonly t: Localize;
  readonly log: Logger;
}

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly host: LayersHost;
  readonly target: LayersTarget;
}

/** The open panels of layers: one for each image, or pair of images; back in place after the window was reloaded. */
export class LayersPanels implements Disposable {
  private readonly options: LayersPanelsOptions;
  private readonly owned = new DisposableStore();
  private readonly shown = new Map<string, Shown>();
  private tidied: Promise<void> | undefined;

  constructor(options: LayersPanelsOptions) {
    this.options = options;
    this.owned.add(
      new LayerFiles({
        readerOf: (engineId, imageId) => this.readerOf(engineId, imageId),
        startReader: async (engineId) => {
          await options.searched;
          const reader = this.startReader(engineId, {
            onProgress: () => undefined,
            onBroken: () => undefined,
          });
          if (reader === undefined) throw new Error(options.t('its engine is not known any more.'));
          return reader;
        },
        clock: options.clock,
        t: options.t,
      }),
    );
    this.owned.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel, state) => {
          this.restore(panel, state);
          return Promise.resolve();
        },
      }),
    );
  }

  /** The panel that shows these images already is brought to the front. */
  open(target: LayersTarget): void {
    const known = this.shown.get(layersKey(target));
    if (known !== undefined) known.panel.reveal();
    else {
      const column = vscode.ViewColumn.Active;
      const title = this.title(target);
      this.adopt(vscode.window.createWebviewPanel(viewType, title, column, panelOptions), target);
    }
  }

  /** Something was chosen from the menu of a path, which is of the panel in front. */
  act(act: LayersAct): void {
    for (const { panel, host } of this.shown.values()) if (panel.active) host.act(act);
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** The state comes from a page: what can't be read is no panel. */
  private restore(panel: vscode.WebviewPanel, state: unknown): void {
    const target = isLayersPageState(state) ? readLayersTarget(state.target.images) : undefined;
    if (target === undefined || this.shown.has(layersKey(target))) {
      panel.dispose();
      return;
    }
    panel.title = this.title(target);
    panel.webview.options = panelOptions;
    this.adopt(panel, target);
  }

  private adopt(panel: vscode.WebviewPanel, target: LayersTarget): void {
    const { extensionUri, engines, prompts, desktop, compare, t, log } = this.options;
    const { webview } = panel;
    const key = layersKey(target);
    const life = this.owned.add(new DisposableStore());
    // The panel itself outlives a reload of the extension: the editor hands it back to the serializer.
    panel.onDidDispose(() => {
      this.shown.delete(key);
      this.owned.delete(life);
    });
    const rules = life.add(new DiveRules());
    const hints = life.add(new MutableDisposable<WasteHints>());
    const host = life.add(
      new LayersHost({
        port: {
          post: (message) => void webview.postMessage(message),
          onMessage: (listener) => webview.onDidReceiveMessage(listener),
        },
        target,
        strings: layersStrings(t),
        startReader: (start) => this.startReader(target[0].ref.engineId, start),
        actions: createLayersActions({ target, prompts, desktop, rules, compare, t }),
        rules,
        onOpen: ([image]) => {
          // Of two images it would not be clear which one is meant.
          if (image === undefined || target.length > 1) return;
          const waste = new WasteHints(target[0].name, image.layers, t);
          hints.set(waste);
          void waste.show();
        },
        log,
      }),
    );
    life.add(
      engines.onDidChange(() => {
        host.begin();
      }),
    );
    this.shown.set(key, { panel, host, target });
    webview.html = panelHtml(extensionUri, { name: 'layers', title: panel.title });
  }

  private startReader(engineId: string, start: LayerReaderStart): LayerReader | undefined {
    const engine = this.options.engines.get(engineId);
    if (engine === undefined) return undefined;
    const { endpoint } = engine.description;
    const { workerPath: path, copyRoot } = this.options;
    this.tidied ??= removeLeftSpools(copyRoot);
    return new LayerWorker({ path, start: { endpoint, copyFolder: newSpoolFolder(copyRoot) }, ...start });
  }

  private readerOf(engineId: string, imageId: string): LayerReader | undefined {
    for (const { host, target } of this.shown.values()) {
      const reader = target[0].ref.engineId === engineId ? host.readerOf(imageId) : undefined;
      if (reader !== undefined) return reader;
    }
    return undefined;
  }

  private title(target: LayersTarget): string {
    const { t } = this.options;
    const [one, other] = target;
    if (other === undefined) return t('{name} (layers)', { name: one.name });
    return t('{before} ↔ {after} (layers)', { before: one.name, after: other.name });
  }
}
