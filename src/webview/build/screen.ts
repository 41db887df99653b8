import type { Build } from '../../model/build.ts';
import type { BuildBefore, BuildStrings, BuildSummary } from '../../protocol/build.ts';
import { element } from '../dom.ts';
import { BuildHead } from './buildHead.ts';
import { BuildList } from './buildList.ts';
import type { ScreenActions } from './screenActions.ts';
import { StepList } from './stepList.ts';

/** So often what is under way gets older on screen. */
const tickMs = 100;

/** The builds at the left, or above where there is little room; the one that is shown with its steps beside them. */
export class Screen {
  private readonly list: BuildList;
  private readonly head: BuildHead;
  private readonly steps: StepList;
  private readonly empty: HTMLElement;
  private readonly shown: HTMLElement;
  private builds: readonly BuildSummary[] = [];
  private build: Build | undefined;
  private ticking: number | undefined;

  constructor(strings: BuildStrings, actions: ScreenActions) {
    document.documentElement.lang = strings.language;
    this.list = new BuildList(strings, actions.select);
    this.head = new BuildHead(strings, actions);
    this.steps = new StepList(strings, (line) => {
      if (this.build !== undefined) actions.openLine(this.build.id, line);
    });
    this.empty = element('p', { class: 'empty' }, strings.noBuilds);
    this.shown = element('main', { class: 'shown' }, this.head.element, this.steps.element);
    document.body.append(this.list.element, this.shown, this.empty);
  }

  setBuilds(builds: readonly BuildSummary[]): void {
    this.builds = builds;
    this.empty.hidden = builds.length > 0;
    this.list.element.hidden = builds.length === 0;
    this.draw();
  }

  setBuild(build: Build | undefined, before: BuildBefore | undefined): void {
    this.build = build;
    this.shown.hidden = build === undefined;
    if (build !== undefined) this.steps.set(build, before);
    this.head.setBefore(before);
    this.draw();
  }

  private draw(): void {
    const now = Date.now();
    const shownId = this.build?.id;
    const summary = this.builds.find(({ id }) => id === shownId);
    this.list.draw(this.builds, shownId, now);
    if (this.build !== undefined && summary !== undefined) this.head.draw(summary, this.build, now);
    this.steps.tick(now);
    const isUnderWay = this.builds.some(({ outcome }) => outcome === undefined);
    if (isUnderWay && this.ticking === undefined)
      this.ticking = window.setInterval(() => {
        this.draw();
      }, tickMs);
    if (isUnderWay || this.ticking === undefined) return;
    clearInterval(this.ticking);
    this.ticking = undefined;
  }
}
