import { oneLine } from '../../base/format.ts';
import type { Container } from '../container.ts';
import type { ChangeEntry, ChangeKind } from '../containerChanges.ts';
import { printObjectRef } from '../identity.ts';
import { contextValue } from './contextValue.ts';
import { type ContainerNode, type PartNode, partMark } from './nodes.ts';
import { type Row, type RowContext, spoken } from './row.ts';

/** The rows below a container. None of them costs a request; processes and files are read when they are expanded. */
export function containerParts({ engineId, container }: ContainerNode): readonly PartNode[] {
  const { id, ports, mounts, networks, state } = container;
  const isUp = state === 'running' || state === 'paused';
  return [
    ...ports.map((port) => {
      const host = port.host === undefined ? '' : `${port.host.ip}:${String(port.host.port)}`;
      return partNode(engineId, id, `port:${String(port.containerPort)}/${port.protocol}:${host}`, {
        kind: 'port',
        port,
      });
    }),
    ...mounts.map((mount) => partNode(engineId, id, `mount:${mount.target}`, { kind: 'mount', mount })),
    ...networks.map((network) =>
      partNode(engineId, id, `network:${network.name}`, { kind: 'network', network }),
    ),
    ...(isUp ? [partNode(engineId, id, 'processes', { kind: 'processes' })] : []),
    ...(state !== 'removing' && state !== 'dead' ? [partNode(engineId, id, 'files', { kind: 'files' })] : []),
    ...(state !== 'removing' && state !== 'dead'
      ? [partNode(engineId, id, 'changes', { kind: 'changes' })]
      : []),
  ];
}

export function partNode(
  engineId: string,
  containerId: string,
  path: string,
  part: PartNode['part'],
): PartNode {
  const owner = printObjectRef({ engineId, kind: 'container', id: containerId });
  return { kind: 'part', key: `${owner}${partMark}${path}`, engineId, containerId, part };
}

export function partRow(node: PartNode, { t }: RowContext): Row {
  const shape = shapeOf(node.part, t);
  return {
    description: '',
    accessibleLabel: spoken([shape.label, shape.description ?? '']),
    contextValue: contextValue(node),
    expansion: 'none',
    ...shape,
  };
}

type Shape = Pick<Row, 'label' | 'icon'> & Partial<Row>;

function shapeOf(part: PartNode['part'], t: RowContext['t']): Shape {
  switch (part.kind) {
    case 'port': {
      const { containerPort, protocol, host } = part.port;
      const label =
        protocol === 'tcp' ? String(containerPort) : `${String(containerPort)}/${oneLine(protocol, 20)}`;
      const target =
        host === undefined ? t('not published') : `→ ${oneLine(host.ip, 60)}:${String(host.port)}`;
      return {
        label,
        description: target,
        icon: { id: 'plug' },
        accessibleLabel: spoken([t('port {port}', { port: label }), target]),
        ...(host === undefined ? {} : { clickCommand: 'quayside.container.openPort' }),
      };
    }
    case 'mount': {
      const { type, source, target, readOnly } = part.mount;
      const name = oneLine(source === '' ? type : source, 80);
      return {
        label: name,
        description: `→ ${oneLine(target, 80)}${readOnly ? ` ${t('(read-only)')}` : ''}`,
        icon: { id: type === 'volume' ? 'database' : 'folder' },
        accessibleLabel: spoken([t('mount {name}', { name }), oneLine(target, 80)]),
        ...(type === 'volume' ? { clickCommand: 'quayside.volume.reveal' } : {}),
      };
    }
    case 'network': {
      const { name, ipAddress } = part.network;
      return {
        label: oneLine(name, 80),
        description: oneLine(ipAddress, 60),
        icon: { id: 'type-hierarchy' },
        accessibleLabel: spoken([t('network {name}', { name: oneLine(name, 80) }), oneLine(ipAddress, 60)]),
      };
    }
    case 'processes':
      return { label: t('Processes'), icon: { id: 'server-process' }, expansion: 'collapsed' };
    case 'process':
      return {
        label: oneLine(part.command, 120),
        description: spoken([oneLine(part.pid, 20), oneLine(part.user, 60)]),
        icon: { id: 'circle-small-filled' },
      };
    case 'files':
      return { label: t('Files'), description: '/', icon: { id: 'files' }, expansion: 'collapsed' };
    case 'nothing':
      return { label: part.message, icon: { id: 'blank' }, isDimmed: true };
    case 'changes':
      return {
        label: t('Changes'),
        description: t('since the image'),
        icon: { id: 'diff' },
        expansion: 'collapsed',
      };
    case 'change':
      return changeShape(part, t);
    case 'failure':
      return {
        label: oneLine(part.message),
        icon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
      };
  }
}

function changeShape({ name, change, isFolder }: ChangeEntry, t: RowContext['t']): Shape {
  const label = oneLine(name);
  const words: Readonly<Record<ChangeKind, string>> = {
    added: t('added'),
    changed: t('changed'),
    deleted: t('deleted'),
  };
  // A folder that is there for what is below it is no change of its own.
  const isMarked = !isFolder || change !== 'changed';
  return {
    label,
    icon: { id: isFolder ? 'folder' : 'file' },
    accessibleLabel: spoken([label, isMarked ? words[change] : '']),
    ...(isMarked ? { change } : {}),
    ...(isFolder ? { expansion: 'collapsed' } : { clickCommand: 'quayside.container.openChange' }),
  };
}

/** The port a click opens: the one bound to an address that this machine can reach, http-like ones first. */
export function portToOpen(container: Container): { readonly ip: string; readonly port: number } | undefined {
  const published = container.ports.flatMap(({ host, protocol, containerPort }) =>
    host === undefined || protocol !== 'tcp' ? [] : [{ ...host, containerPort }],
  );
  const usual = [80, 8080, 3000, 443, 8443, 8000, 5000, 5173];
  const rank = (port: number): number => (usual.includes(port) ? usual.indexOf(port) : usual.length);
  return [...published].sort((a, b) => rank(a.containerPort) - rank(b.containerPort))[0];
}
