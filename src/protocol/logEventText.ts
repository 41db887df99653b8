import { fill } from '../base/fill.ts';
import { assertNever } from '../base/assert.ts';
import type { LogEvent } from '../model/log.ts';
import type { LogsStrings } from './logs.ts';

/** An event as a sentence. */
export function eventText(event: LogEvent, strings: LogsStrings, name: string): string {
  switch (event.kind) {
    case 'started':
      return fill(strings.eventStarted, { name });
    case 'exited':
      if (event.exitCode === undefined) return fill(strings.eventStopped, { name });
      return fill(event.outOfMemory ? strings.eventExitedOutOfMemory : strings.eventExited, {
        name,
        code: event.exitCode,
      });
    case 'removed':
      return fill(strings.eventRemoved, { name });
    case 'outOfMemory':
      return fill(strings.eventOutOfMemory, { name });
    case 'health': {
      const sentences = {
        starting: strings.eventHealthStarting,
        healthy: strings.eventHealthy,
        unhealthy: strings.eventUnhealthy,
      };
      return fill(sentences[event.status], { name });
    }
    case 'unreachable':
      if (event.reason === '') return strings.eventConnectionLost;
      return fill(strings.eventUnreachable, { reason: event.reason });
    case 'reachable':
      return strings.eventReachable;
    case 'refused':
      if (event.driver !== undefined) return fill(strings.eventUnreadable, { name, driver: event.driver });
      return fill(strings.eventRefused, { name, reason: event.reason });
    case 'readerRestarted':
      return strings.eventReaderRestarted;
    case 'readerBroken':
      return strings.eventReaderBroken;
    case 'diskFull':
      return strings.eventDiskFull;
    case 'diskRoom':
      return strings.eventDiskRoom;
    case 'spoolFailed':
      return fill(strings.eventSpoolFailed, { folder: event.folder, reason: event.reason });
    case 'spoolWorks':
      return strings.eventSpoolWorks;
    default:
      return assertNever(event);
  }
}
