import type { Browser } from 'playwright-core';
import { Emitter } from '../../src/base/event.ts';
import { english } from '../../src/base/localize.ts';
import { nullLogger } from '../../src/base/logger.ts';
import type { ContainerHistory } from '../../src/engine/containerHistories.ts';
import type { WatchedContainer } from '../../src/engine/containerWatch.ts';
import type { OverviewAction, OverviewProcesses, ProcessChoice } from '../../src/protocol/overview.ts';
import { factsOf } from '../../src/ui/panels/overview/facts.ts';
import type { Opening } from '../../src/ui/panels/overview/rows.ts';
import { OverviewHost } from '../../src/ui/panels/overviewHost.ts';
import { overviewStrings } from '../../src/ui/panels/overviewStrings.ts';
import { openPage, type PageBed } from './pageBed.ts';
import type { ThemeName } from './themes.ts';

export interface OverviewBed extends PageBed {
  /** What the page asked the editor for. */
  readonly asked: readonly string[];
  readonly complaints: readonly string[];
  /** How often processes were asked for. */
  readonly isWatched: () => boolean;
  processes: OverviewProcesses;
  change(watched: Partial<WatchedContainer>, history?: ContainerHistory): void;
}

export interface OverviewBedOptions {
  readonly watched: WatchedContainer;
  readonly history?: ContainerHistory;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
}

/** A container's page with its real host and words; only the engine is missing. */
export async function openOverview(browser: Browser, options: OverviewBedOptions): Promise<OverviewBed> {
  const { theme = 'dark', width = 900, height = 1000 } = options;
  const bed = await openPage(browser, 'overview', theme, { width, height });
  const asked: string[] = [];
  const complaints: string[] = [];
  const didChange = new Emitter<void>();
  let { watched } = options;
  let history: ContainerHistory = options.history ?? { entries: [], since: undefined };
  let isWatched = false;
  bed.page.on('console', (message) => complaints.push(message.text()));
  bed.page.on('pageerror', (error) => complaints.push(String(error)));
  const made: OverviewBed = {
    ...bed,
    asked,
    complaints,
    isWatched: () => isWatched,
    processes: { processes: [], problem: '' },
    change: (parts, heard = history) => {
      watched = { ...watched, ...parts };
      history = heard;
      didChange.fire();
    },
    close: async () => {
      host.dispose();
      await bed.close();
    },
  };
  const host = new OverviewHost({
    port: bed.port,
    watch: {
      onDidChange: didChange.event,
      watch: () => (isWatched = true),
      unwatch: () => (isWatched = false),
    },
    facts: () =>
      factsOf(
        {
          watched,
          name: watched.details?.name ?? watched.container?.name ?? 'web',
          engineName: '',
          history,
          problem: '',
        },
        english,
      ),
    target: { engineId: 'e', id: 'c' },
    strings: overviewStrings(english, 'en'),
    log: { ...nullLogger, warn: (message) => complaints.push(message) },
    actions: {
      act: (action: OverviewAction) => asked.push(action),
      copy: (text: string) => asked.push(`copy ${text}`),
      open: (opening: Opening) => asked.push(`open ${Object.values(opening).join(' ')}`),
      processes: () => Promise.resolve(made.processes),
      signal: ({ pid, command }: ProcessChoice) => asked.push(`signal ${pid} ${command}`),
    },
  });
  return made;
}
