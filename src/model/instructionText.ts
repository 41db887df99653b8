/**
 * A step of an image's history as a Dockerfile has it: builders put the shell, their build arguments and marks of their own
 * around the words. What they did not write is left as it stands.
 */
export function instructionText(createdBy: string): string {
  const said = createdBy.trim().replace(/\s*# buildkit$/, '');
  const [, nothing] = /^\/bin\/sh -c #\(nop\)\s*(.*)$/s.exec(said) ?? [];
  if (nothing !== undefined) return nothing.trim();
  // `|2 NAME=value OTHER=value /bin/sh -c …`: values may have spaces in them.
  const [, run] = /^(?:RUN )?(?:\|\d+ .*? )?\/bin\/sh -c (.*)$/s.exec(said) ?? [];
  return run === undefined ? said : `RUN ${run.trim()}`;
}
