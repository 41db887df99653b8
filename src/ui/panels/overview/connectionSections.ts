import type { Localize } from '../../../base/localize.ts';
import type { ContainerDetails, MountDetails } from '../../../model/containerDetails.ts';
import { portUrl } from '../../../model/portUrl.ts';
import { type FullRow, type FullSection, row, section } from './rows.ts';

/** Where it is reached from outside. */
export function portsSection({ ports, networkMode }: ContainerDetails, t: Localize): readonly FullSection[] {
  const rows = ports.map(({ containerPort, protocol, host }): FullRow => {
    const label = `${String(containerPort)}/${protocol}`;
    if (host === undefined)
      return row(`port/${label}`, label, { value: t('not published'), tone: 'plain', copies: label });
    const address = `${host.ip.includes(':') ? `[${host.ip}]` : host.ip}:${String(host.port)}`;
    const url = portUrl(host);
    return row(`port/${label}/${address}`, label, {
      value: address,
      copies: address,
      ...(protocol === 'tcp'
        ? { opens: t('Open {url}', { url }), opening: { kind: 'url' as const, url } }
        : {}),
    });
  });
  const note = networkMode === 'host' ? t('It uses the ports of the engine’s machine as its own.') : '';
  return section('ports', t('Ports'), rows, note);
}

export function mountsSection({ mounts }: ContainerDetails, t: Localize): readonly FullSection[] {
  return section(
    'mounts',
    t('Mounts'),
    mounts.map((mount) => mountRow(mount, t)),
  );
}

function mountRow(mount: MountDetails, t: Localize): FullRow {
  const { type, name, source, target, driver, mode, isReadOnly } = mount;
  const isVolume = type === 'volume';
  const value = isVolume
    ? name.replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, '$1…')
    : type === 'tmpfs'
      ? t('in memory')
      : source;
  const note = [
    isVolume ? t('volume') : type === 'bind' ? t('folder of the engine’s machine') : type,
    driver === 'local' ? '' : driver,
    isReadOnly ? t('read only') : t('read and write'),
    ...mode.split(',').filter((word) => !['', 'ro', 'rw', 'rprivate'].includes(word)),
  ]
    .filter((part) => part !== '')
    .join(', ');
  const opening = isVolume
    ? { kind: 'volume' as const, name }
    : type === 'bind'
      ? { kind: 'path' as const, path: source }
      : undefined;
  return row(`mount/${target}`, target, {
    value,
    note,
    copies: isVolume ? name : source === '' ? target : source,
    opens: opening === undefined ? '' : isVolume ? t('Show the volume') : t('Open it'),
    opening,
  });
}

export function networksSection(details: ContainerDetails, t: Localize): readonly FullSection[] {
  const { networks, networkMode } = details;
  const groups = networks.map((network) => {
    const { name, networkId, ipAddress, ipv6Address, gateway, macAddress, aliases } = network;
    const key = `network/${name}`;
    const address = ipAddress || ipv6Address;
    const addressed = (part: string, label: string, value: string): readonly FullRow[] =>
      value === '' ? [] : [row(`${key}/${part}`, label, { value, copies: value })];
    return {
      title: '',
      rows: [
        row(key, name, {
          value: address === '' ? t('no address') : address,
          copies: address,
          opens: networkId === '' ? '' : t('Show the network'),
          opening: networkId === '' ? undefined : { kind: 'network' as const, id: networkId },
        }),
        ...(ipAddress === '' ? [] : addressed('ipv6', t('IPv6'), ipv6Address)),
        ...addressed('gateway', t('Gateway'), gateway),
        ...addressed('mac', t('MAC address'), macAddress),
        ...addressed('aliases', t('Aliases'), aliases.join(', ')),
      ],
    };
  });
  return section('networks', t('Networks'), groups, modeNote(networkMode, t));
}

function modeNote(mode: string, t: Localize): string {
  if (mode === 'host') return t('It uses the network of the engine’s machine as its own.');
  if (mode === 'none') return t('It has no network.');
  if (mode.startsWith('container:'))
    return t('It uses the network of the container {id}.', { id: mode.slice('container:'.length, 22) });
  return '';
}
