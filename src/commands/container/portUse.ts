import type { KnownEngine } from '../../engine/engineSet.ts';
import { holderOfPort } from '../../model/portUse.ts';
import type { PortMapping } from '../../model/runOptions.ts';
import type { Deps } from '../deps.ts';

/** Who has a port of the host: a container by its name, or some other program of this machine. */
export type PortHolder = { readonly container: string } | { readonly container: undefined };

/**
 * Undefined when the port is free as far as can be told. A container that is to be replaced gives its ports away; those
 * of this machine are looked at where the engine runs on it.
 */
export async function holderOf(
  { desktop }: Pick<Deps, 'desktop'>,
  { description, store }: KnownEngine,
  port: PortMapping,
  replacedId?: string,
): Promise<PortHolder | undefined> {
  const containers = store.state.snapshot.container;
  const holder = holderOfPort(containers.values(), port, replacedId);
  if (holder !== undefined) return { container: holder.name };
  if (!description.isLocal || !/^\d+$/.test(port.hostPort)) return undefined;
  const replaced = replacedId === undefined ? undefined : containers.get(replacedId);
  if (replaced !== undefined && holderOfPort([replaced], port) !== undefined) return undefined;
  return (await desktop.isPortFree(port)) ? undefined : { container: undefined };
}
