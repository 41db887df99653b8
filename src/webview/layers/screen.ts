import { fill } from '../../base/fill.ts';
import type { DuplicateContent, LayersAct, WastedPath } from '../../model/imageLayers.ts';
import type { OpenImage } from '../../model/layerQuestions.ts';
import { lastState, lastStepWithLayer, statesOfStep } from '../../model/layerSteps.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LayersContract, LayersPageState, LayersTab, RulesReport } from '../../protocol/layers.ts';
import { element, takeFocus } from '../dom.ts';
import { comparedLayers } from './comparedLayers.ts';
import { duplicatesView } from './duplicatesView.ts';
import { FilesView } from './filesView.ts';
import { layersKeySheet } from './layersKeySheet.ts';
import type { PathList } from './pathList.ts';
import { rulesList } from './rulesView.ts';
import { Sash } from './sash.ts';
import { listenToKeys } from './screenKeys.ts';
import { StepDetails } from './stepDetails.ts';
import { StepList } from './stepList.ts';
import { SummaryBar } from './summaryBar.ts';
import { Tabs } from './tabs.ts';
import { wasteView } from './wasteView.ts';
import type { Words } from './words.ts';

/** What a page keeps of where somebody was. */
export type Kept = Omit<LayersPageState, 'version' | 'target'>;

export type NamedImage = OpenImage & { readonly name: string };

/** The page once there are layers to show: steps on the left, what they did on the right. */
export class Screen {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly channel: PageChannel<LayersContract>;
  private readonly images: readonly NamedImage[];
  private readonly image: NamedImage;
  private readonly onKept: (kept: Kept) => void;
  private readonly summary: SummaryBar;
  private readonly files: FilesView;
  private readonly steps: StepList | undefined;
  private readonly details: StepDetails;
  private readonly waste: PathList<WastedPath>;
  private readonly duplicates: PathList<DuplicateContent>;
  private readonly rules = element('div', { class: 'rulesPlace' });
  private readonly tabs: Tabs;
  private readonly loaded = new Set<LayersTab>(['files']);
  private readonly ended = new AbortController();
  private kept: Kept;

  constructor(options: {
    readonly words: Words;
    readonly channel: PageChannel<LayersContract>;
    readonly images: readonly [NamedImage, ...NamedImage[]];
    readonly kept: Kept;
    readonly onKept: (kept: Kept) => void;
  }) {
    const { words, channel, images, kept } = options;
    const { strings } = words;
    this.words = words;
    this.channel = channel;
    this.images = images;
    this.image = images[1] ?? images[0];
    this.kept = kept;
    this.onKept = options.onKept;
    const { layers, imageId } = this.image;
    const isComparing = images.length > 1;
    const sheet = layersKeySheet(strings, isComparing);
    this.summary = new SummaryBar({
      words,
      images,
      onWaste: () => {
        this.choose('waste');
      },
      onCompare: () => {
        channel.tell('compare', undefined);
      },
      onSave: () => {
        channel.tell('save', undefined);
      },
      onKeys: () => {
        sheet.showModal();
      },
    });
    this.files = new FilesView({
      words,
      channel,
      look: kept,
      isComparing,
      onLook: (look) => {
        this.keep(look);
      },
    });
    this.details = new StepDetails(layers, words);
    this.waste = wasteView({
      words,
      channel,
      imageId,
      layers,
      onShow: (path, step) => {
        this.reveal(path, step);
      },
    });
    this.duplicates = duplicatesView({ words, channel, imageId });
    this.steps = isComparing
      ? undefined
      : new StepList({
          layers,
          words,
          onSelect: (first, last) => {
            this.showSteps(first, last);
          },
          onActivate: () => {
            this.choose('files');
            this.files.focus();
          },
        });
    const wasteBody = element('div', { class: 'wasteView' }, this.rules, this.waste.element);
    const wasteBytes = words.formatBytes(layers.waste.wastedBytes);
    const files = { name: strings.filesTab, body: this.files.element };
    const own = {
      waste: { name: fill(strings.wasteTabOf, { size: wasteBytes }), body: wasteBody },
      duplicates: { name: strings.duplicatesTab, body: this.duplicates.element },
    };
    this.tabs = new Tabs(isComparing ? { files } : { files, ...own }, (tab) => {
      this.choose(tab);
    });
    const left = element('div', { class: 'left' }, ...this.leftParts());
    const right = element('div', { class: 'right' }, this.tabs.element, this.tabs.panel);
    const panes = element('div', { class: 'panes' });
    panes.append(left, new Sash(panes, strings.sash).element, right);
    this.element = element('div', { class: 'screen' }, this.summary.element, panes, sheet);
    this.listen(sheet);
  }

  /** Once the page has it. */
  start(): void {
    this.choose(this.kept.tab);
    const { steps, images } = this;
    const [one, other] = images;
    if (steps !== undefined) steps.select(this.kept.step ?? lastStepWithLayer(this.image.layers));
    else if (one !== undefined && other !== undefined) this.files.show(lastState(one), lastState(other));
    // Reading the image took a while: by now somebody may be elsewhere.
    takeFocus(steps ?? this.files);
  }

  showRules(report: RulesReport | undefined): void {
    this.summary.showRules(report);
    const open = (): void => {
      this.channel.tell('openRules', undefined);
    };
    this.rules.replaceChildren(...(report === undefined ? [] : [rulesList(report, this.words, open)]));
  }

  /** It shows no more: the page's keys are not its own any more. */
  dispose(): void {
    this.ended.abort();
  }

  act(act: LayersAct): void {
    if (act === 'copyPath') this.files.copyPath();
    else this.files.openCurrent(act === 'openFile');
  }

  private leftParts(): readonly HTMLElement[] {
    if (this.steps === undefined) return [comparedLayers(this.images, this.words)];
    return [this.steps.element, this.details.element];
  }

  private showSteps(first: number, last: number): void {
    this.details.show(first, last);
    this.files.show(statesOfStep(this.image, first).before, statesOfStep(this.image, last).after);
    this.keep({ step: last });
  }

  private reveal(path: string, step: number): void {
    this.choose('files');
    this.files.reveal(path);
    this.steps?.select(step);
    this.files.focus();
  }

  private choose(tab: LayersTab): void {
    if (!this.tabs.has(tab)) return;
    this.tabs.show(tab);
    this.keep({ tab });
    if (this.loaded.has(tab)) return;
    this.loaded.add(tab);
    void (tab === 'waste' ? this.waste : this.duplicates).load();
  }

  private keep(changed: Partial<Kept>): void {
    this.kept = { ...this.kept, ...changed };
    this.onKept(this.kept);
  }

  private listen(sheet: HTMLDialogElement): void {
    const toStep = (by: number): void => {
      this.steps?.select(this.steps.step + by);
    };
    const { signal } = this.ended;
    listenToKeys(
      {
        search: () => {
          this.choose('files');
          this.files.bar.focusSearch();
        },
        previousStep: () => {
          toStep(-1);
        },
        nextStep: () => {
          toStep(1);
        },
        scope: () => {
          this.files.toggleScope();
        },
        sort: () => {
          this.files.toggleSort();
        },
        expandAll: () => {
          this.files.foldAll(true);
        },
        collapseAll: () => {
          this.files.foldAll(false);
        },
        steps: () => {
          this.steps?.focus();
        },
        files: () => {
          this.choose('files');
          this.files.focus();
        },
        waste: () => {
          this.choose('waste');
          this.waste.focus();
        },
        duplicates: () => {
          this.choose('duplicates');
          this.duplicates.focus();
        },
        keys: () => {
          sheet.showModal();
        },
      },
      signal,
    );
    const onCopy = (event: ClipboardEvent): void => {
      const isText =
        document.getSelection()?.isCollapsed === false || event.target instanceof HTMLInputElement;
      if (isText || this.kept.tab !== 'files') return;
      event.preventDefault();
      this.files.copyPath();
    };
    document.addEventListener('copy', onCopy, { signal });
  }
}
