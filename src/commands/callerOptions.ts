import { isRecord } from '../base/record.ts';

/** A text that a caller gives among the options behind the names: `{ path: '/tmp/app.tar' }`. */
export function textOption(args: readonly unknown[], name: string): string | undefined {
  const value = optionOf(args, name);
  return typeof value === 'string' ? value : undefined;
}

export function flagOption(args: readonly unknown[], name: string): boolean | undefined {
  const value = optionOf(args, name);
  return typeof value === 'boolean' ? value : undefined;
}

function optionOf(args: readonly unknown[], name: string): unknown {
  const options = args.find((arg) => isRecord(arg) && name in arg);
  return isRecord(options) ? options[name] : undefined;
}
