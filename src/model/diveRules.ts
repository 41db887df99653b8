import type { WasteTotals } from './imageLayers.ts';

export const diveRuleNames = ['lowestEfficiency', 'highestWastedBytes', 'highestUserWastedPercent'] as const;

export type DiveRuleName = (typeof diveRuleNames)[number];

export interface DiveRuleResult {
  readonly rule: DiveRuleName;
  /** As the file has it, or dive's default. */
  readonly setting: string;
  readonly outcome:
    | { readonly kind: 'passed' | 'failed'; readonly measured: number; readonly limit: number }
    | { readonly kind: 'disabled' }
    /** The setting can't be read: a rule that nobody checks must not look like one that passed. */
    | { readonly kind: 'invalid' };
}

/** dive's own, for rules that a file leaves out. */
const defaults: Readonly<Record<DiveRuleName, string>> = {
  lowestEfficiency: '0.9',
  highestWastedBytes: 'disabled',
  highestUserWastedPercent: '0.1',
};

/** dive's other spellings of the names. */
const otherNames: Readonly<Record<string, DiveRuleName>> = {
  'lowest-efficiency': 'lowestEfficiency',
  'lowest-efficiency-threshold': 'lowestEfficiency',
  'highest-wasted-bytes': 'highestWastedBytes',
  'highest-user-wasted-percent': 'highestUserWastedPercent',
};

/** Bytes as dive reads them: decimal units, and binary ones with an i. */
const unitBytes: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  t: 1e12,
  tb: 1e12,
  ki: 2 ** 10,
  kib: 2 ** 10,
  mi: 2 ** 20,
  mib: 2 ** 20,
  gi: 2 ** 30,
  gib: 2 ** 30,
  ti: 2 ** 40,
  tib: 2 ** 40,
};

/** Judges an image by the rules of a `.dive-ci` file, with the limits that dive's code, not its manual, takes. */
export function judge(text: string, waste: WasteTotals): DiveRuleResult[] {
  const settings = readDiveRules(text);
  return diveRuleNames.map((rule) => {
    const setting = settings.get(rule) ?? defaults[rule];
    return { rule, setting, outcome: outcomeOf(rule, setting, waste) };
  });
}

/**
 * The settings of a `.dive-ci` file by rule. Of YAML it knows what such a file needs: one scalar a line below `rules:`,
 * with quotes and comments.
 */
export function readDiveRules(text: string): ReadonlyMap<DiveRuleName, string> {
  const settings = new Map<DiveRuleName, string>();
  let isInside = false;
  for (const line of text.split(/\r?\n/)) {
    const [, indent = '', name = '', raw = ''] = /^(\s*)["']?([\w-]+)["']?\s*:(?:\s+(.*))?$/.exec(line) ?? [];
    if (name === '') continue;
    if (indent === '') isInside = name === 'rules';
    const rule = diveRuleNames.find((known) => known === name) ?? otherNames[name];
    if (isInside && indent !== '' && rule !== undefined) settings.set(rule, scalar(raw));
  }
  return settings;
}

function scalar(raw: string): string {
  const [, , quoted] = /^(["'])(.*?)\1/.exec(raw) ?? [];
  return quoted ?? raw.replace(/(^|\s)#.*$/, '').trim();
}

function outcomeOf(rule: DiveRuleName, setting: string, waste: WasteTotals): DiveRuleResult['outcome'] {
  if (/^(disabled|off|false|)$/i.test(setting.trim())) return { kind: 'disabled' };
  const limit = rule === 'highestWastedBytes' ? readBytes(setting) : readRatio(setting);
  if (limit === undefined) return { kind: 'invalid' };
  const measured = measure(rule, waste);
  const isBroken = rule === 'lowestEfficiency' ? measured < limit : measured > limit;
  return { kind: isBroken ? 'failed' : 'passed', measured, limit };
}

function measure(rule: DiveRuleName, waste: WasteTotals): number {
  switch (rule) {
    case 'lowestEfficiency':
      return waste.efficiency;
    case 'highestWastedBytes':
      return waste.wastedBytes;
    case 'highestUserWastedPercent':
      // A ratio, whatever its name says.
      return waste.userWastedRatio;
  }
}

function readRatio(setting: string): number | undefined {
  const ratio = Number(setting);
  return ratio >= 0 && ratio <= 1 ? ratio : undefined;
}

function readBytes(setting: string): number | undefined {
  const [, count = '', unit = ''] = /^\s*([\d.,]+)\s*([a-z]*)\s*$/i.exec(setting) ?? [];
  const bytes = Number(count.replaceAll(',', '')) * (unitBytes[unit.toLowerCase()] ?? Number.NaN);
  return count === '' || Number.isNaN(bytes) ? undefined : Math.floor(bytes);
}
