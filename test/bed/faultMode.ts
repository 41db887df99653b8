/** What the fault proxy does with connections; it can be changed at any time and holds for open ones too. */
export type FaultMode =
  /** Everything through, both ways. */
  | { readonly kind: 'pass' }
  /** The engine's bytes reach the client so much later, in their order. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection is cut after so many bytes of an answer (its head included). */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** Requests are answered with bytes that aren't HTTP; the engine doesn't see them. */
  | { readonly kind: 'garbage'; readonly bytes?: Uint8Array }
  /** Connections and requests are accepted, requests never answered; streams that flow already go on. */
  | { readonly kind: 'silent' }
  /**
   * As after a sleep or a lost network: connections stay open and nothing comes through any more in either
   * direction, nor does either side learn of it. A connection once in this state never recovers.
   */
  | { readonly kind: 'half-open' }
  /** Open connections are cut and new ones refused: the socket file is there and nobody listens. */
  | { readonly kind: 'refuse' }
  /** Open connections are cut and the socket file is gone. */
  | { readonly kind: 'absent' };

export const NOT_HTTP = Buffer.from('\x00\x17\xff\xfe this is not HTTP \r\n\x00\x01\x02\r\n\r\n', 'latin1');
