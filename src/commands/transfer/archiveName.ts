/** What an archive of something is called. Names of images have slashes and colons, which no file's name may have everywhere. */
export function archiveName(name: string): string {
  return `${name.replace(/[^\w.-]+/g, '-').slice(0, 100)}.tar`;
}
