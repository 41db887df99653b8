import { describe, expect, test } from 'vitest';
import { Emitter } from '../../../src/base/event.ts';
import {
  Channel,
  ChannelClosedError,
  type HostChannel,
  type HostHandlers,
  type PageChannel,
  type Port,
  RequestError,
} from '../../../src/protocol/channel.ts';
import { isCount, isNothing, isText, shape } from '../../../src/protocol/shape.ts';

type TestContract = {
  readonly requests: {
    readonly double: { readonly params: { readonly value: number }; readonly result: number };
    readonly wait: { readonly params: undefined; readonly result: string };
  };
  readonly toPage: { readonly greeted: string };
  readonly toHost: { readonly pressed: { readonly key: string } };
};

/** Two ports that hear each other at once, by copies as in a browser. */
function pair(): { readonly host: Port; readonly page: Port; readonly sent: unknown[] } {
  const toHost = new Emitter<unknown>();
  const toPage = new Emitter<unknown>();
  const sent: unknown[] = [];
  return {
    sent,
    host: {
      post: (message) => {
        sent.push(message);
        toPage.fire(structuredClone(message));
      },
      onMessage: toHost.event,
    },
    page: {
      post: (message) => {
        toHost.fire(structuredClone(message));
      },
      onMessage: toPage.event,
    },
  };
}

function connect(): {
  readonly host: HostChannel<TestContract>;
  readonly page: PageChannel<TestContract>;
  /** The page as something hostile: any message at all. */
  readonly raw: (message: unknown) => void;
  readonly sent: unknown[];
  readonly refused: string[];
  readonly heard: string[];
  readonly aborted: string[];
} {
  const ports = pair();
  const refused: string[] = [];
  const heard: string[] = [];
  const aborted: string[] = [];
  const handlers: HostHandlers<TestContract> = {
    requests: {
      double: {
        accepts: shape<{ readonly value: number }>({ value: isCount }),
        answer: ({ value }) => {
          if (value === 13) throw new Error('not that one');
          return value * 2;
        },
      },
      wait: {
        accepts: isNothing,
        answer: (_, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              aborted.push('wait');
              reject(new Error('aborted'));
            });
          }),
      },
    },
    events: {
      pressed: {
        accepts: shape<{ readonly key: string }>({ key: isText }),
        hear: ({ key }) => {
          heard.push(key);
        },
      },
    },
  };
  const host: HostChannel<TestContract> = new Channel(ports.host, handlers, (what) => {
    refused.push(what);
  });
  const page: PageChannel<TestContract> = new Channel(
    ports.page,
    {
      requests: {},
      events: {
        greeted: {
          accepts: isText,
          hear: (name) => {
            heard.push(name);
          },
        },
      },
    },
    (what) => {
      refused.push(`page: ${what}`);
    },
  );
  return { host, page, raw: ports.page.post, sent: ports.sent, refused, heard, aborted };
}

describe('Channel', () => {
  test('answers a request and carries events both ways', async () => {
    const { host, page, heard } = connect();
    await expect(page.ask('double', { value: 21 })).resolves.toBe(42);
    host.tell('greeted', 'page');
    page.tell('pressed', { key: 'Enter' });
    expect(heard).toEqual(['page', 'Enter']);
  });

  test('settles a request by the failure of its handler', async () => {
    const { page } = connect();
    await expect(page.ask('double', { value: 13 })).rejects.toEqual(new RequestError('not that one'));
  });

  test('settles every request when either end is disposed of', async () => {
    const { page, host, aborted } = connect();
    const one = page.ask('wait', undefined);
    const other = page.ask('wait', undefined);
    page.dispose();
    await expect(one).rejects.toBeInstanceOf(ChannelClosedError);
    await expect(other).rejects.toBeInstanceOf(ChannelClosedError);
    await expect(page.ask('double', { value: 1 })).rejects.toBeInstanceOf(ChannelClosedError);
    host.dispose();
    expect(aborted).toEqual(['wait', 'wait']);
  });

  test('says nothing more once it is disposed of', async () => {
    const { page, host, sent } = connect();
    void page.ask('double', { value: 1 }).catch(() => undefined);
    host.dispose();
    host.tell('greeted', 'late');
    await Promise.resolve();
    expect(sent).toEqual([]);
  });

  test('gives up a request by its signal, on both ends', async () => {
    const { page, aborted } = connect();
    const controller = new AbortController();
    const asked = page.ask('wait', undefined, controller.signal);
    controller.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect(aborted).toEqual(['wait']);
  });

  test.each([
    ['nothing', undefined],
    ['a number', 5],
    ['a list', [{ kind: 'ask' }]],
    ['an unknown kind', { kind: 'evil', id: 1 }],
    ['a request without a name', { kind: 'ask', id: 1 }],
    ['a request with an odd number', { kind: 'ask', id: -1.5, name: 'double' }],
    ['an event without a name', { kind: 'tell', payload: {} }],
    ['an unknown event', { kind: 'tell', name: 'constructor', payload: {} }],
    ['a malformed event', { kind: 'tell', name: 'pressed', payload: { key: 5 } }],
  ])('refuses %s', (_, message) => {
    const { raw, refused, heard, sent } = connect();
    raw(message);
    expect(refused).toHaveLength(1);
    expect(heard).toEqual([]);
    expect(sent).toEqual([]);
  });

  test.each([
    ['an unknown name', { kind: 'ask', id: 1, name: 'toString', params: {} }],
    ['no parameters', { kind: 'ask', id: 1, name: 'double' }],
    ['parameters of another shape', { kind: 'ask', id: 1, name: 'double', params: { value: 'x' } }],
  ])('answers a request with %s by a failure', async (_, message) => {
    const { raw, refused, sent } = connect();
    raw(message);
    await new Promise(setImmediate);
    expect(refused).toHaveLength(1);
    expect(sent).toEqual([{ kind: 'failure', id: 1, message: refused[0] }]);
  });

  test('takes only so many requests at once', async () => {
    const { page, refused, host } = connect();
    const asked = Array.from({ length: 100 }, () => page.ask('wait', undefined));
    const settled = Promise.allSettled(asked);
    await new Promise(setImmediate);
    expect(refused).toHaveLength(36);
    host.dispose();
    page.dispose();
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
  });

  test('ignores answers that nobody waits for', () => {
    const { host, refused } = connect();
    host.dispose();
    const ports = pair();
    const page = new Channel(ports.page, { requests: {}, events: {} }, (what) => refused.push(what));
    ports.host.post({ kind: 'answer', id: 7, result: 1 });
    page.dispose();
    expect(refused).toEqual([]);
  });
});
