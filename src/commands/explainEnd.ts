import { formatBinaryBytes, formatDuration, oneLine } from '../base/format.ts';
import type { Localize } from '../base/localize.ts';
import type { EndReason } from '../model/endReason.ts';
import { explainRun } from './explainRun.ts';
import { sentence } from './explain.ts';

/** Where a person goes from there. */
export type EndStep = 'logs' | 'stats' | 'recreate';

export interface EndExplanation {
  /** What happened, in a few words. */
  readonly title: string;
  readonly why: string;
  readonly next: string;
  readonly steps: readonly EndStep[];
}

/** Why a container is over, in plain words, and what to do about it. */
export function explainEnd(reason: EndReason, t: Localize): EndExplanation {
  switch (reason.kind) {
    case 'startFailed':
      return explainStart(reason, t);
    case 'succeeded':
      return reason.wasStopped
        ? {
            title: t('Stopped, exit code 0'),
            why: t('It was asked to stop and ended in good order.'),
            next: '',
            steps: [],
          }
        : {
            title: t('Ended without an error, exit code 0'),
            why: t('Its main process has ended, and a container runs only as long as that one does.'),
            next: t(
              'Should it go on running? Then check its command: the program may have gone to the background, or had nothing to wait for.',
            ),
            steps: ['logs'],
          };
    case 'outOfMemory':
      return {
        title: t('Killed for lack of memory, exit code {code}', { code: reason.code }),
        why:
          reason.limitBytes === undefined
            ? t('The kernel ended a process in it because the engine’s machine had no memory left.')
            : t('The kernel ended a process in it because it needed more than its limit of {size}.', {
                size: formatBinaryBytes(reason.limitBytes),
              }),
        next:
          reason.limitBytes === undefined
            ? t('Give the machine more memory, or limit what its containers may use.')
            : t('Raise the limit, or let Stats show how its use grows until then.'),
        steps: ['recreate', 'stats', 'logs'],
      };
    case 'stopTimedOut':
      return {
        title: t('Killed because it did not stop in time, exit code 137'),
        why: t('It was asked to stop, still ran {time} later, and was then killed (SIGKILL).', {
          time: formatDuration(reason.waitedMs),
        }),
        next: t(
          'Let its program end on SIGTERM. A shell as the main process does not hand signals on: begin the last command with “exec”, or run the container with an init process. Or give it a longer time to stop.',
        ),
        steps: ['logs', 'recreate'],
      };
    case 'signalled':
      return explainSignal(reason, t);
    case 'code':
      return explainCode(reason.code, t);
  }
}

function explainStart(
  { failure, said }: Extract<EndReason, { readonly kind: 'startFailed' }>,
  t: Localize,
): EndExplanation {
  const why = failure === undefined ? sentence(oneLine(said, 400)) : explainRun(failure, t);
  return {
    title: t('It could not be started'),
    why: why.charAt(0).toUpperCase() + why.slice(1),
    next: t('Correct its settings and make it anew, or start it again once the cause is gone.'),
    steps: ['recreate'],
  };
}

function explainSignal(
  { signal, name, wasSent }: Extract<EndReason, { readonly kind: 'signalled' }>,
  t: Localize,
): EndExplanation {
  const code = 128 + signal;
  switch (name) {
    case 'SIGINT':
      return {
        title: t('Interrupted (SIGINT), exit code {code}', { code }),
        why: t('It was ended as Ctrl+C in its terminal does it.'),
        next: '',
        steps: ['logs'],
      };
    case 'SIGTERM':
      return {
        title: t('Stopped (SIGTERM), exit code {code}', { code }),
        why: wasSent
          ? t('It was asked through the engine to end, and did.')
          : t('It was asked to end, as a stop of the container does it, and did.'),
        next: '',
        steps: ['logs'],
      };
    case 'SIGKILL':
      return wasSent
        ? {
            title: t('Killed (SIGKILL), exit code {code}', { code }),
            why: t('Somebody told the engine to kill it. The engine noted no lack of memory.'),
            next: t('Nothing is wrong with the program. What it had not yet written is lost.'),
            steps: ['logs'],
          }
        : {
            title: t('Killed (SIGKILL), exit code {code}', { code }),
            why: t(
              'It was killed from outside: by a kill, by a stop that it did not obey in time, or by the kernel when the machine had no memory left. The engine noted no lack of memory in the container.',
            ),
            next: t(
              'If nobody stopped it, look at the memory of the engine’s machine: its kernel log names the processes that it killed.',
            ),
            steps: ['logs', 'stats'],
          };
    case 'SIGABRT':
      return {
        title: t('Aborted itself (SIGABRT), exit code {code}', { code }),
        why: t(
          'The program gave up on purpose: an assertion failed, or its runtime found a fault such as damaged memory.',
        ),
        next: t('The last lines of its log usually name the place.'),
        steps: ['logs'],
      };
    case 'SIGSEGV':
    case 'SIGBUS':
    case 'SIGILL':
      return {
        title: t('Crashed ({signal}), exit code {code}', { signal: name, code }),
        why: t(
          'The program did with memory or the processor what it may not: a fault in it or in a library, or an image made for another kind of machine.',
        ),
        next: t('Compare the image’s platform with the machine’s, then try another version of the image.'),
        steps: ['logs', 'recreate'],
      };
    default:
      return {
        title: t('Ended by {signal}, exit code {code}', { signal: name, code }),
        why: wasSent
          ? t('It was sent this signal through the engine.')
          : t('A signal ended it. By custom, exit codes above 128 are 128 and the signal’s number.'),
        next: t('The last lines of its log may say more.'),
        steps: ['logs'],
      };
  }
}

function explainCode(code: number, t: Localize): EndExplanation {
  switch (code) {
    case 1:
      return {
        title: t('Ended with an error, exit code {code}', { code }),
        why: t('The code is the program’s own; by 1 most of them say that something went wrong.'),
        next: t('The last lines of its log usually say what.'),
        steps: ['logs'],
      };
    case 2:
      return {
        title: t('Ended with an error, exit code {code}', { code }),
        why: t(
          'By 2 shells and many programs say that they were called wrongly: an unknown option, a missing argument, or a fault in a script.',
        ),
        next: t('Check the command and its arguments; the log usually says which one.'),
        steps: ['logs', 'recreate'],
      };
    case 125:
      return {
        title: t('The engine could not run it, exit code {code}', { code }),
        why: t(
          'By 125 it is not the program that failed but what was to run it, or a script uses the same code.',
        ),
        next: t('Check its settings, then the engine’s own log.'),
        steps: ['recreate', 'logs'],
      };
    case 126:
      return {
        title: t('A program could not be run, exit code {code}', { code }),
        why: t(
          'The program was found, but it is no executable file, or its user may not run it. It is the command, or one that a script in the container called.',
        ),
        next: t(
          'Give the file the right to be executed (chmod +x), and check its first line and the platform that it is made for.',
        ),
        steps: ['logs', 'recreate'],
      };
    case 127:
      return {
        title: t('A program was not found, exit code {code}', { code }),
        why: t('There is no such program in the container: the command, or one that a script in it called.'),
        next: t('Check how it is spelled, whether the image has it, and PATH.'),
        steps: ['logs', 'recreate'],
      };
    case 255:
      return {
        title: t('Ended with an error, exit code {code}', { code }),
        why: t(
          'By 255, which stands for -1, programs say that all went wrong; ssh, that its connection failed.',
        ),
        next: t('The last lines of its log usually say what.'),
        steps: ['logs'],
      };
    default:
      return {
        title: t('Ended with an error, exit code {code}', { code }),
        why: t('The code is the program’s own; its documentation may say what it means.'),
        next: t('The last lines of its log usually say more.'),
        steps: ['logs'],
      };
  }
}
