import { type JsonObject, object, text, texts } from '../../../base/json.ts';
import { isSpecialNetwork, type NetworkOption } from '../../../model/runOptions.ts';

/** The networks that it was put into, the first one first. */
export function networksOf(container: JsonObject): readonly NetworkOption[] {
  const mode = text(object(container['HostConfig'])['NetworkMode']);
  const networks = object(object(container['NetworkSettings'])['Networks']);
  const joined = Object.entries(networks).map(([name, raw]): NetworkOption => {
    const endpoint = object(raw);
    return {
      name,
      aliases: isSpecialNetwork(name)
        ? []
        : texts(endpoint['Aliases']).filter((alias) => !isOwnName(container, alias)),
      ipAddress: text(object(endpoint['IPAMConfig'])['IPv4Address']),
    };
  });
  if (mode.startsWith('container:') || mode === 'host' || mode === 'none')
    return [{ name: mode, aliases: [], ipAddress: '' }];
  const isDefault = ['', 'default', 'bridge'].includes(mode);
  if (isDefault && joined.length <= 1) return joined.filter(({ name }) => !isSpecialNetwork(name));
  // Some clients name the network by its id.
  const isFirst = ({ name }: NetworkOption): boolean =>
    name === mode || text(object(networks[name])['NetworkID']) === mode || (isDefault && name === 'bridge');
  return [...joined].sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
}

/** Old engines add the container's id and its host name to the names that it was given. */
function isOwnName(container: JsonObject, alias: string): boolean {
  return (
    (text(container['Id']).startsWith(alias) && alias.length === 12) ||
    alias === text(object(container['Config'])['Hostname'])
  );
}

/** What was asked for of a network, without what the engine has made of it. */
export function endpointOf(container: JsonObject, name: string): JsonObject {
  const endpoint = object(object(object(container['NetworkSettings'])['Networks'])[name]);
  return Object.fromEntries(
    ['IPAMConfig', 'Links', 'DriverOpts'].flatMap((key) => {
      const value = endpoint[key];
      return value === null || value === undefined ? [] : [[key, value]];
    }),
  );
}
