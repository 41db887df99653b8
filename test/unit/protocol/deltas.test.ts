import { describe, expect, test } from 'vitest';
import { DeltaReceiver, DeltaSender } from '../../../src/protocol/deltas.ts';

function senderOf(maxUnacknowledged = 2): { readonly sender: DeltaSender<string>; readonly sent: string[] } {
  const sent: string[] = [];
  const sender = new DeltaSender<string>({
    maxUnacknowledged,
    merge: (earlier, later) => `${earlier}+${later}`,
    post: (seq, delta) => {
      sent.push(`${String(seq)}:${delta}`);
    },
  });
  return { sender, sent };
}

describe('DeltaSender', () => {
  test('sends nothing before a snapshot and after the end', () => {
    const { sender, sent } = senderOf();
    sender.offer('a');
    sender.open();
    sender.close();
    sender.offer('b');
    expect(sent).toEqual([]);
  });

  test('keeps what an unacknowledging page cannot take as one', () => {
    const { sender, sent } = senderOf();
    expect(sender.open()).toBe(0);
    for (const delta of ['a', 'b', 'c', 'd', 'e']) sender.offer(delta);
    expect(sent).toEqual(['1:a', '2:b']);
    sender.acknowledge(1);
    sender.offer('f');
    expect(sent).toEqual(['1:a', '2:b', '3:c+d+e']);
    sender.acknowledge(3);
    expect(sent.at(-1)).toBe('4:f');
  });

  test('takes no acknowledgement of what was never sent', () => {
    const { sender, sent } = senderOf(1);
    sender.open();
    sender.offer('a');
    sender.acknowledge(99);
    sender.offer('b');
    expect(sent).toEqual(['1:a']);
  });

  test('counts on after a new snapshot, which holds all that waited', () => {
    const { sender, sent } = senderOf(1);
    sender.open();
    for (const delta of ['a', 'b']) sender.offer(delta);
    sender.close();
    expect(sender.open()).toBe(1);
    sender.offer('c');
    expect(sent).toEqual(['1:a', '2:c']);
  });
});

describe('DeltaReceiver', () => {
  test('takes deltas in order and tells a gap from what is late', () => {
    const receiver = new DeltaReceiver();
    expect(receiver.accept(1)).toBe('stale');
    receiver.restart(4);
    expect([4, 5, 6].map((seq) => receiver.accept(seq))).toEqual(['stale', 'next', 'next']);
    expect(receiver.accept(8)).toBe('gap');
    expect(receiver.accept(9)).toBe('stale');
    receiver.restart(9);
    expect(receiver.accept(10)).toBe('next');
  });
});
