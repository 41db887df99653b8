import type { Localize } from '../../base/localize.ts';
import type { OverviewStrings } from '../../protocol/overview.ts';

/** Every text of a container's page that does not come with its facts. */
export function overviewStrings(t: Localize, language: string): OverviewStrings {
  return {
    actions: {
      start: t('Start'),
      stop: t('Stop'),
      restart: t('Restart'),
      pause: t('Pause'),
      unpause: t('Unpause'),
      logs: t('Logs'),
      shell: t('Shell'),
      files: t('Files'),
      changes: t('Changes'),
      stats: t('Stats'),
      recreate: t('Edit and Recreate…'),
      inspect: t('Inspect'),
      reveal: t('Show in Sidebar'),
      project: t('Logs of the Project'),
      successor: t('Show the New Container'),
    },
    actionsLabel: t('What can be done with it'),
    copy: t('Copy {name}'),
    copied: t('Copied.'),
    show: t('Show the value of {name}'),
    hide: t('Hide the value of {name}'),
    showAll: t('Show All Values'),
    hideAll: t('Hide All Values'),
    masked: t('masked'),
    engineSaid: t('The engine said: {said}'),
    next: t('Next:'),
    pid: t('PID'),
    user: t('User'),
    command: t('Command'),
    sendSignal: t('Send a signal to process {pid}'),
    processes: t('Processes'),
    noProcesses: t('No process could be read: {why}'),
    reading: t('Reading…'),
    language,
  };
}
