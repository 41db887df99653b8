export type YamlValue =
  | string
  | number
  | boolean
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue };

/** Words that some reader takes for something else than a text. */
const reserved = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

/** Begins with a letter or a slash, has nothing in it that YAML reads: `nginx:1.27`, `/var/lib/data`. */
const plain = /^[A-Za-z_/](?:[\w./@+:-]*[\w./@+-])?$/;

/**
 * A document in blocks, as one writes it by hand. Whatever is not plainly a text is quoted, so that readers of YAML 1.1
 * and 1.2 read the same.
 */
export function writeYaml(value: YamlValue): string {
  return `${lines(value).join('\n')}\n`;
}

function lines(value: YamlValue): readonly string[] {
  if (isList(value)) return value.length === 0 ? ['[]'] : value.flatMap(item);
  if (typeof value !== 'object') return [scalar(value)];
  const entries = Object.entries(value);
  return entries.length === 0 ? ['{}'] : entries.flatMap(([key, inner]) => entry(scalar(key), inner));
}

function entry(key: string, value: YamlValue): readonly string[] {
  const inner = lines(value);
  return isFlat(value) ? [`${key}: ${inner.join('')}`] : [`${key}:`, ...inner.map((line) => `  ${line}`)];
}

function item(value: YamlValue): readonly string[] {
  return lines(value).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

/** Stands on the line of its key. */
function isFlat(value: YamlValue): boolean {
  return typeof value !== 'object' || Object.keys(value).length === 0;
}

function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  return plain.test(value) && !reserved.test(value) ? value : quote(value);
}

/** JSON's escapes are YAML's too; what JSON leaves as it is and YAML does not print is escaped as well. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}
