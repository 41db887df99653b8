import type { Browser } from 'playwright-core';
import { english } from '../../src/base/localize.ts';
import { nullLogger } from '../../src/base/logger.ts';
import type { StatsSubject } from '../../src/engine/statsFeed.ts';
import { StatsTimeline } from '../../src/engine/statsTimeline.ts';
import type { StatsSample } from '../../src/model/stats.ts';
import { StatsHost } from '../../src/ui/panels/statsHost.ts';
import { statsStrings } from '../../src/ui/panels/statsStrings.ts';
import { sample } from '../support/samples.ts';
import { openPage, type PageBed } from './pageBed.ts';
import type { ThemeName } from './themes.ts';

export interface StatsBed extends PageBed {
  /** What the page asked the editor for. */
  readonly asked: readonly string[];
  readonly complaints: readonly string[];
  readonly isWatched: () => boolean;
  /** One second later: what these containers use then; a container without a sample is not running. */
  moment(samples: Readonly<Record<string, Partial<StatsSample> | undefined>>): void;
  hide(): void;
}

export interface StatsBedOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
}

/** A page of stats with its real host and timeline; only the engines are missing. */
export async function openStats(
  browser: Browser,
  { theme = 'dark', width = 1000 }: StatsBedOptions = {},
): Promise<StatsBed> {
  const bed = await openPage(browser, 'stats', theme, { width, height: 700 });
  const timeline = new StatsTimeline(3_600_000);
  const asked: string[] = [];
  const complaints: string[] = [];
  let subjects: readonly StatsSubject[] = [];
  let at = 1_800_000_000_000;
  let isWatched = false;
  bed.page.on('console', (message) => complaints.push(message.text()));
  bed.page.on('pageerror', (error) => complaints.push(String(error)));
  const host = new StatsHost({
    port: bed.port,
    feed: {
      timeline,
      get subjects() {
        return subjects;
      },
      watch: () => (isWatched = true),
      unwatch: () => (isWatched = false),
    },
    scope: { kind: 'all' },
    name: '',
    strings: statsStrings(english, 'en'),
    now: () => at,
    log: { ...nullLogger, warn: (message) => complaints.push(message) },
    actions: {
      save: ({ times, of }, names) =>
        asked.push(`save ${String(times.length)} of ${of.map(({ key }) => names.get(key)).join(' ')}`),
      openLogs: (key) => asked.push(`logs ${key}`),
    },
  });
  return {
    ...bed,
    asked,
    complaints,
    isWatched: () => isWatched,
    moment: (samples) => {
      at += 1000;
      subjects = Object.entries(samples).map(([name, parts]) => ({
        key: `e/container/${name}`,
        name,
        engineName: 'default',
        state: parts === undefined ? 'exited' : 'running',
        isOffline: false,
        sample: parts === undefined ? undefined : sample(parts),
      }));
      const measured = subjects.flatMap((subject): [string, StatsSample][] =>
        subject.sample === undefined ? [] : [[subject.key, subject.sample]],
      );
      timeline.push(at, new Map(measured));
      host.onMoment();
    },
    hide: () => {
      host.hide();
    },
    close: async () => {
      host.dispose();
      await bed.close();
    },
  };
}
