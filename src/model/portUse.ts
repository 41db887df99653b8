import { type Container, isUp } from './container.ts';
import type { PortMapping } from './runOptions.ts';

/** The container that holds the port of the host; undefined when none does, or when any port will do. */
export function holderOfPort(
  containers: Iterable<Container>,
  port: PortMapping,
  exceptId?: string,
): Container | undefined {
  if (!/^\d+$/.test(port.hostPort)) return undefined;
  const number = Number(port.hostPort);
  for (const container of containers) {
    if (!isUp(container) || container.id === exceptId) continue;
    const holds = container.ports.some(
      ({ protocol, host }) =>
        protocol === port.protocol && host?.port === number && overlaps(host.ip, port.hostIp),
    );
    if (holds) return container;
  }
  return undefined;
}

/** Every address overlaps with each; no address stands for every one. */
function overlaps(one: string, other: string): boolean {
  const isAny = (ip: string): boolean => ip === '' || ip === '0.0.0.0' || ip === '::';
  return isAny(one) || isAny(other) || one === other;
}
