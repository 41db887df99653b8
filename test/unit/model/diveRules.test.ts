import { describe, expect, test } from 'vitest';
import { diveRuleNames, judge, readDiveRules } from '../../../src/model/diveRules.ts';

const waste = { wastedBytes: 20_000_000, efficiency: 0.95, userWastedRatio: 0.2 };

/** Outcome of each rule in their order. */
function outcomes(text: string): string[] {
  return judge(text, waste).map(({ outcome }) => outcome.kind);
}

const rules = (efficiency: string, bytes: string, percent: string): string =>
  `rules:\n  lowestEfficiency: ${efficiency}\n  highestWastedBytes: ${bytes}\n  highestUserWastedPercent: ${percent}\n`;

describe('readDiveRules', () => {
  test('reads the file that dive’s manual shows', () => {
    const text = `rules:
  # If the efficiency is measured below X%, mark as failed.
  # Expressed as a ratio between 0-1.
  lowestEfficiency: 0.95

  # Expressed in B, KB, MB, and GB.
  highestWastedBytes: 20MB   # in all

  highestUserWastedPercent: "0.20"
`;
    expect([...readDiveRules(text)]).toEqual([
      ['lowestEfficiency', '0.95'],
      ['highestWastedBytes', '20MB'],
      ['highestUserWastedPercent', '0.20'],
    ]);
  });

  test('knows quotes, the other spellings, and Windows’ line ends', () => {
    const text = "rules:\r\n    'lowest-efficiency': 'a # b'\r\n    highest-wasted-bytes:\r\n";
    expect([...readDiveRules(text)]).toEqual([
      ['lowestEfficiency', 'a # b'],
      ['highestWastedBytes', ''],
    ]);
  });

  test('only what is below rules counts', () => {
    const text =
      'other:\n  lowestEfficiency: 1\nlowestEfficiency: 1\nrules:\n  else: 2\nlast:\n  highestWastedBytes: 1\n';
    expect(readDiveRules(text).size).toBe(0);
    expect(readDiveRules('%%% - [}\n\t').size).toBe(0);
  });
});

describe('judge', () => {
  test('takes dive’s defaults for what the file leaves out', () => {
    expect(judge('', waste)).toEqual([
      { rule: 'lowestEfficiency', setting: '0.9', outcome: { kind: 'passed', measured: 0.95, limit: 0.9 } },
      { rule: 'highestWastedBytes', setting: 'disabled', outcome: { kind: 'disabled' } },
      {
        rule: 'highestUserWastedPercent',
        setting: '0.1',
        outcome: { kind: 'failed', measured: 0.2, limit: 0.1 },
      },
    ]);
  });

  test('a limit that is met is kept', () => {
    expect(outcomes(rules('0.95', '20MB', '0.2'))).toEqual(['passed', 'passed', 'passed']);
    expect(outcomes(rules('0.951', '19.99 MB', '0.199'))).toEqual(['failed', 'failed', 'failed']);
  });

  test.each([
    ['20000000', 20_000_000],
    ['20,000 kB', 20_000_000],
    ['1.5GB', 1_500_000_000],
    ['20 MiB', 20_971_520],
    ['7B', 7],
  ])('%s is a number of bytes', (setting, limit) => {
    expect(judge(rules('1', setting, '1'), waste)[1]?.outcome).toMatchObject({ limit });
  });

  test.each(['disabled', 'OFF', 'false', '""'])('%s turns a rule off', (setting) => {
    expect(outcomes(rules(setting, setting, setting))).toEqual(diveRuleNames.map(() => 'disabled'));
  });

  test.each(['much', '-1', '1.2.3', '12 parsecs'])('%s is no limit, and no rule passes by it', (setting) => {
    expect(outcomes(rules(setting, setting, setting))).toEqual(diveRuleNames.map(() => 'invalid'));
  });

  test('an image of one layer wastes nothing of its user’s', () => {
    expect(judge('', { wastedBytes: 0, efficiency: 1, userWastedRatio: 0 })[2]?.outcome.kind).toBe('passed');
  });
});
