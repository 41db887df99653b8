/** What typing does where there is no terminal on the other side to edit lines and to show them. */
export interface TypedInput {
  /** To be shown. */
  readonly echo: string;
  /** Whole lines. */
  readonly sent: string;
  readonly isInterrupted: boolean;
}

const sequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?/gs;

/** Ctrl+C and Ctrl+U, Backspace in both its forms, Enter. */
const interrupt = '\u0003';
const erase = new Set(['\u007f', '\b']);
const eraseLine = '\u0015';

/** Edits a line as far as a terminal does by itself: Backspace, Ctrl+U, and nothing else. */
export function lineReader(): (typed: string) => TypedInput {
  const characters = new Intl.Segmenter();
  let line: string[] = [];
  return (typed) => {
    let echo = '';
    let sent = '';
    for (const { segment } of characters.segment(typed.replaceAll(sequence, ''))) {
      if (segment === interrupt) return { echo: `${echo}^C\r\n`, sent, isInterrupted: true };
      if (segment === '\r' || segment === '\n' || segment === '\r\n') {
        sent += `${line.join('')}\n`;
        echo += '\r\n';
        line = [];
      } else if (erase.has(segment)) {
        echo += erasure(line.slice(-1));
        line = line.slice(0, -1);
      } else if (segment === eraseLine) {
        echo += erasure(line);
        line = [];
      } else if (segment >= ' ') {
        line.push(segment);
        echo += segment;
      }
    }
    return { echo, sent, isInterrupted: false };
  };
}

/** Wide characters stand in two columns. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u;

function erasure(shown: readonly string[]): string {
  return shown.map((segment) => '\b \b'.repeat(wide.test(segment) ? 2 : 1)).join('');
}
