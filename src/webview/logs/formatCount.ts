/**
 * Whole numbers as the reader's language writes them. The browser takes ten milliseconds to get ready for that: it does so
 * with the first number.
 */
export function createFormatCount(): (count: number) => string {
  let format: Intl.NumberFormat | undefined;
  return (count) => {
    format ??= new Intl.NumberFormat(document.documentElement.lang || undefined);
    return format.format(count);
  };
}
