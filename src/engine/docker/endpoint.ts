/** PEM texts for a TLS endpoint. */
export interface TlsMaterial {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly skipVerify: boolean;
}

/** How to reach an engine. `ssh` is recognised so that it can be named; nothing here dials it yet. */
export type Endpoint =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls?: TlsMaterial }
  | { readonly kind: 'ssh'; readonly url: string }
  | { readonly kind: 'invalid'; readonly text: string; readonly problem: string };

/**
 * Reads a `DOCKER_HOST` or context address: `unix://`, `npipe://`, `tcp://`, `http://`, `https://`, `ssh://`. Never
 * throws: what can't be read becomes an `invalid` endpoint that says why.
 */
export function parseEndpoint(text: string, tls?: TlsMaterial): Endpoint {
  const address = text.trim();
  const invalid = (problem: string): Endpoint => ({ kind: 'invalid', text: address, problem });
  const match = /^([a-z]+):\/\/(.*)$/is.exec(address);
  if (match === null) return invalid('it has no scheme such as unix:// or tcp://');
  const [, scheme = '', rest = ''] = match;
  switch (scheme.toLowerCase()) {
    case 'unix':
    case 'npipe':
      if (rest === '') return invalid('it names no socket');
      return { kind: 'socket', path: scheme.toLowerCase() === 'npipe' ? rest.replaceAll('/', '\\') : rest };
    case 'ssh':
      return { kind: 'ssh', url: address };
    case 'tcp':
    case 'http':
    case 'https': {
      const url = URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined;
      if (url === undefined || url.hostname === '') return invalid('host and port cannot be read');
      const isTls = tls !== undefined || scheme.toLowerCase() === 'https';
      // Asked as http, a URL would forget port 80.
      const written = new URL(`tcp://${rest}`).port;
      const port = written === '' ? (isTls ? 2376 : 2375) : Number(written);
      const host = url.hostname.replace(/^\[|\]$/g, '');
      return { kind: 'tcp', host, port, ...(isTls ? { tls: tls ?? { skipVerify: false } } : {}) };
    }
    default:
      return invalid(`the scheme ${scheme}:// is not one of unix, npipe, tcp, http, https, ssh`);
  }
}

export function printEndpoint(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'socket':
      return endpoint.path.startsWith('\\')
        ? `npipe://${endpoint.path.replaceAll('\\', '/')}`
        : `unix://${endpoint.path}`;
    case 'tcp':
      return `tcp://${endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host}:${String(endpoint.port)}`;
    case 'ssh':
      return endpoint.url;
    case 'invalid':
      return endpoint.text;
  }
}
