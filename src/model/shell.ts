import { splitWords } from './shellWords.ts';

/** How a shell is to be opened. What is not said is left to the container, or to what is there. */
export interface ShellChoice {
  /** A program, with words behind it where there are any: `fish`, `bash -l`. */
  readonly shell?: string;
  /** `name`, `name:group` or numbers. */
  readonly user?: string;
  /** Absolute. */
  readonly workingDir?: string;
}

/** In the list of preferred shells: the one that /etc/passwd names for the user. */
export const loginShell = 'login';

/**
 * Becomes the first of its arguments that is there, without a second request. A login shell counts where it says more
 * than that there is a shell. It is looked up outside the loop, whose input is the file.
 */
const chooser = `for s in "$@"; do
if [ "$s" = ${loginShell} ]; then
s=; u=$(id -u 2>/dev/null)
while IFS=: read -r n x i g c h l; do [ "$i" = "$u" ] && s=$l && break; done 2>/dev/null </etc/passwd
case "\${s##*/}" in ''|sh|ash|dash|nologin|false|true|sync|halt|shutdown) continue;; esac
fi
p=$(command -v "$s" 2>/dev/null) && [ -x "$p" ] && exec "$p"
done
exec sh`;

/** Where shells are that no path leads to. */
const fallbacks = ['/bin/sh', '/busybox/sh', '/bin/bash'];

/** What to run for a shell, each tried where those before it are not there. */
export function shellCommands(
  os: string,
  preferred: readonly string[],
  chosen?: string,
): readonly (readonly string[])[] {
  if (chosen !== undefined) return [splitWords(chosen).words];
  if (os === 'windows') return [['pwsh'], ['powershell'], ['cmd']];
  const choose = ['-c', chooser, 'sh', ...preferred];
  return [['sh', ...choose], ...fallbacks.map((shell) => [shell, ...choose])];
}

/** A user of a container whose shell one may want. */
export interface PasswdUser {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
  /** Empty where it is none to work in. */
  readonly shell: string;
}

const noShells = new Set(['', 'nologin', 'false', 'true', 'sync', 'halt', 'shutdown']);

/** Reads /etc/passwd; lines that are none are left out. */
export function parsePasswd(text: string): readonly PasswdUser[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , uid = '', , , home = '', shell = ''] = line.trimEnd().split(':');
    if (name === '' || name.startsWith('#') || !/^\d+$/.test(uid)) return [];
    const isShell = !noShells.has(shell.slice(shell.lastIndexOf('/') + 1));
    return [{ name, uid: Number(uid), home, shell: isShell ? shell : '' }];
  });
}

/** Those one may want to be: root, whoever can log in, and people; services behind them. */
export function usersWorthOffering(users: readonly PasswdUser[]): readonly PasswdUser[] {
  const rank = ({ uid, shell }: PasswdUser): number => (uid === 0 ? 0 : shell === '' ? 2 : 1);
  return [...users].sort((a, b) => rank(a) - rank(b) || a.uid - b.uid);
}
