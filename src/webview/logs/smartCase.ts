/** Whether a pattern minds case: when it is told to, or when it has a capital of its own. */
export function mindsCase(pattern: string, isRegex: boolean, matchCase: boolean): boolean {
  if (matchCase) return true;
  // `\S` and `\p{Lu}` are no capitals that somebody looks for.
  const letters = isRegex ? pattern.replace(/\\(?:[pPku]\{[^}]*\}|.)/g, '') : pattern;
  return /\p{Lu}/u.test(letters);
}
