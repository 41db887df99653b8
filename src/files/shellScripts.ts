import { encodeFileName } from '../model/fileName.ts';
import { sectionMark, statFormats } from './shellListing.ts';

/* Scripts for any POSIX shell with busybox, coreutils or toybox. Nothing but fixed text stands in them: names come as arguments. */

/** What scripts find out by themselves; all else programs say in words. */
export const scriptExits = { missing: 40, isFolder: 41, special: 42, exists: 43, cut: 44 } as const;

/** How a script ends, behind all that is said: an engine tells an exit code only some time after the last output. */
export const exitMark = '\nquayside-exit=';

/** `u` reads an argument of `shellArgument` into `p`. The letter keeps line ends at the end of a name. */
const prologue = `LC_ALL=C QUOTING_STYLE=literal TZ=UTC0; export LC_ALL QUOTING_STYLE TZ
u() { p=$(printf '%bx' "$1"); p=\${p%x}; }
end() { :; }
trap 'c=$?; end; printf "\\nquayside-exit=%s" "$c" >&2' EXIT
there() { [ -e "$1" ] || [ -L "$1" ]; }
u "$1"
`;

/** A path as pure ASCII, which `printf %b` turns back into its bytes: engines take arguments as UTF-8 alone. */
export function shellArgument(path: string): string {
  return [...encodeFileName(path)]
    .map((byte) =>
      /[A-Za-z0-9/._-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `\\0${byte.toString(8).padStart(3, '0')}`,
    )
    .join('');
}

/** $1 the folder, $2 $3 formats, $4 the mark between. Without \`find\` by patterns, which a folder of very many names is too much for. */
export const listScript = `${prologue}cd "$p" || exit 1
command -v stat >/dev/null || exit 127
if command -v find >/dev/null; then
  find . -mindepth 1 -maxdepth 1 -exec stat -c "$2" -- {} + 2>/dev/null
  printf '%s' "$4"
  find . -mindepth 1 -maxdepth 1 -type l -exec stat -L -c "$3" -- {} + 2>/dev/null
else
  stat -c "$2" -- ./* ./.[!.]* ./..?* 2>/dev/null
  printf '%s' "$4"
  stat -L -c "$3" -- ./* ./.[!.]* ./..?* 2>/dev/null
fi
exit 0`;

/** $2 what \`find\` matches a name with, $3 bytes at most. What the kernel makes up is no place to look for names. */
export const searchScript = `${prologue}cd "$p" || exit 1
command -v find >/dev/null || exit 127
a=$p
u "$2"
no=none
[ "$a" = / ] && no=.
find . \\( -path "$no/proc" -o -path "$no/sys" \\) -prune -o \\( -type f -o -type l \\) -iname "$p" -print0 2>/dev/null | head -c "$3"
exit 0`;

/** As above, of one path. */
export const statScript = `${prologue}command -v stat >/dev/null || exit 127
stat -c "$2" -- "$p" || exit 1
printf '%s' "$4"
[ -L "$p" ] && stat -L -c "$3" -- "$p" 2>/dev/null
exit 0`;

export function statArguments(path: string, mark: string): readonly string[] {
  const { own, behind } = statFormats(mark);
  return [shellArgument(path), own, behind, sectionMark(mark)];
}

export const readScript = `${prologue}[ -d "$p" ] && exit ${String(scriptExits.isFolder)}
[ -e "$p" ] || exit ${String(scriptExits.missing)}
[ -f "$p" ] || exit ${String(scriptExits.special)}
cat -- "$p"`;

/**
 * $2 a word of its own for the temporary name, $3 the bytes that come by standard input. Beside the file, so that one
 * rename puts it in its place; where that can't be (a read-only folder, a file mounted by itself, one with several
 * names) it is written over once all has come. A connection that is cut leaves the file as it was.
 */
export const writeScript = `${prologue}t=$p
[ -d "$t" ] && exit ${String(scriptExits.isFolder)}
if [ -L "$t" ]; then t=$(readlink -f -- "$t"; echo x); t=\${t%?x}; fi
[ -n "$t" ] || exit ${String(scriptExits.missing)}
if [ -e "$t" ] && ! [ -f "$t" ]; then exit ${String(scriptExits.special)}; fi
d=\${t%/*}/
n=
end() { [ -z "$n" ] || rm -f -- "$n"; }
for f in "$d" /tmp/ /dev/shm/; do
  n=$f.quayside-$2
  if [ -e "$t" ]; then why=$(cp -p -- "$t" "$n" 2>&1) && break
  else why=$( { : > "$n"; } 2>&1) && { chown "$(stat -c %u:%g -- "$d")" "$n" 2>/dev/null; break; }
  fi
  said="$said$why
"
  case $why in *'No space'*) printf '%s' "$said" >&2; exit 1; esac
  [ -e "$t" ] && [ -w "$t" ] || { printf '%s' "$said" >&2; exit 1; }
  rm -f -- "$n"
  n=
done
[ -n "$n" ] || { printf '%s' "$said" >&2; exit 1; }
m=$(stat -c %a -- "$n")
# busybox says of what it could not write why only with cat.
head -c "$3" | cat > "$n" || exit 1
[ "$(wc -c < "$n")" -eq "$3" ] || exit ${String(scriptExits.cut)}
chmod "$m" "$n" 2>/dev/null
if [ "$f" = "$d" ] && { ! [ -e "$t" ] || [ "$(stat -c %h -- "$t")" = 1 ]; } && mv -f -- "$n" "$t" 2>/dev/null
then n=; exit 0; fi
cat -- "$n" > "$t"`;

export const makeFolderScript = `${prologue}there "$p" && exit ${String(scriptExits.exists)}
d=\${p%/*}/
mkdir -- "$p" && { chown "$(stat -c %u:%g -- "$d")" "$p" 2>/dev/null; true; }`;

export const removeScript = `${prologue}there "$p" || exit ${String(scriptExits.missing)}
rm -rf -- "$p"`;

/** $2 to where. */
const fromAndTo = `a=$p
u "$2"
there "$a" || exit ${String(scriptExits.missing)}
there "$p" && exit ${String(scriptExits.exists)}
`;

export const renameScript = `${prologue}${fromAndTo}mv -- "$a" "$p"`;

export const copyScript = `${prologue}${fromAndTo}cp -a -- "$a" "$p"`;
