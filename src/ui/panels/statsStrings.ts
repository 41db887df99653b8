import type { Localize } from '../../base/localize.ts';
import type { StatsStrings } from '../../protocol/stats.ts';

/** Every text of a page of stats; names in braces are filled in by the page. */
export function statsStrings(t: Localize, language: string): StatsStrings {
  return {
    containers: t('Containers'),
    charts: t('Charts'),
    name: t('Name'),
    cpu: t('CPU'),
    memory: t('Memory'),
    memoryPercent: t('Mem %'),
    netIo: t('Net I/O'),
    blockIo: t('Block I/O'),
    pids: t('PIDs'),
    network: t('Network'),
    blockDevices: t('Block devices'),
    in: t('in'),
    out: t('out'),
    read: t('read'),
    written: t('written'),
    perSecond: t('{size}/s'),
    filter: t('Filter by name'),
    noMatch: t('No container has “{text}” in its name.'),
    nothingRuns: t('No container runs.'),
    pause: t('Pause'),
    resume: t('Resume'),
    paused: t('Paused'),
    window: t('Time shown'),
    minutes: t('{count} min'),
    oneMinute: t('1 min'),
    oneHour: t('1 h'),
    save: t('Save as CSV…'),
    openLogs: t('Open Logs'),
    unreachable: t('engine not reachable'),
    chooseRow: t('Choose a container to see its charts.'),
    tooMany: t('Charts show {count} containers at most.'),
    states: {
      created: t('created'),
      running: t('running'),
      paused: t('paused'),
      restarting: t('restarting'),
      removing: t('removing'),
      exited: t('exited'),
      dead: t('dead'),
    },
    language,
  };
}
