import { type PortMapping, portProtocols } from './runOptions.ts';

/** More ports than anybody publishes one by one. */
const maxRange = 1000;
export const maxPort = 65_535;

/** `[[ip:]host:]container[/protocol]`; a range of both sides becomes its single ports. Undefined for what is none. */
export function parsePorts(text: string): readonly PortMapping[] | undefined {
  const found = /^(?:(?:(\[[^\]]*\]|[^:[\]]*):)?([^:]*):)?([^:/]+)(?:\/(\w+))?$/.exec(text);
  if (found === null) return undefined;
  const [, ip = '', host = '', container = '', word = 'tcp'] = found;
  const protocol = portProtocols.find((each) => each === word);
  const inside = parseRange(container);
  const outside = host === '' ? undefined : parseRange(host);
  if (protocol === undefined || inside === undefined || (host !== '' && outside === undefined))
    return undefined;
  const hostIp = ip.replace(/^\[|\]$/g, '');
  const count = inside.last - inside.first + 1;
  if (count === 1) return [{ hostIp, hostPort: host, containerPort: inside.first, protocol }];
  if (outside !== undefined && outside.last - outside.first + 1 !== count) return undefined;
  return Array.from({ length: count }, (_, at) => ({
    hostIp,
    hostPort: outside === undefined ? '' : String(outside.first + at),
    containerPort: inside.first + at,
    protocol,
  }));
}

/** `8000` or `8000-8010`. */
export function parseRange(text: string): { readonly first: number; readonly last: number } | undefined {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (found === null) return undefined;
  const first = Number(found[1]);
  const last = Number(found[2] ?? found[1]);
  return first < 1 || last > maxPort || last < first || last - first >= maxRange
    ? undefined
    : { first, last };
}
