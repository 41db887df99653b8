const longest = 100;
/** Names that Windows keeps for devices, with whatever ending. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file's name for a container's or a project's, without anything that a file system could take amiss. */
export function safeFileName(name: string): string {
  const safe = name
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, longest);
  if (safe === '') return 'log';
  return devices.test(safe.split('.')[0] ?? '') ? `_${safe}` : safe;
}

/** One file's name for each, all different, also where case makes no difference; those that are taken get a number. */
export function fileNamesFor(
  names: readonly string[],
  extension: string,
  isTaken: (fileName: string) => boolean,
): readonly string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const safe = safeFileName(name);
    for (let number = 1; ; number++) {
      const fileName = `${safe}${number === 1 ? '' : `-${String(number)}`}.${extension}`;
      if (used.has(fileName.toLowerCase()) || isTaken(fileName)) continue;
      used.add(fileName.toLowerCase());
      return fileName;
    }
  });
}
