import { parseImageReference } from './imageReference.ts';
import { parseRange } from './portMapping.ts';
import type { PortMapping } from './runOptions.ts';

/** A name, or an id. */
export function isImage(text: string): boolean {
  return parseImageReference(text) !== undefined || /^(?:sha256:)?[0-9a-f]{12,64}$/.test(text);
}

/** Of Linux or of Windows. */
export function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(path);
}

export function isIpV4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** `[ip:]port`, a port or a range of them; nothing at all means any port of every address. */
export function readHost(text: string): Pick<PortMapping, 'hostIp' | 'hostPort'> | undefined {
  const found = /^(?:(\[[0-9a-fA-F:.]+\]|[\d.]+|localhost):)?([\d-]*)$/.exec(text);
  if (found === null) return undefined;
  const [, ip = '', port = ''] = found;
  const isPort = port === '' || parseRange(port) !== undefined;
  const address = ip === 'localhost' ? '127.0.0.1' : ip.replace(/^\[|\]$/g, '');
  const isAddress = address === '' || address.includes(':') || isIpV4(address);
  return isPort && isAddress ? { hostIp: address, hostPort: port } : undefined;
}
