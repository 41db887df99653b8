import { formatBytes } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import { shownFileName } from '../fileName.ts';
import { shortId } from '../container.ts';
import { printPlatform } from '../registry.ts';
import { RegistryError } from '../registryError.ts';
import { formatAge } from './ages.ts';
import { fileTooltipRows } from './fileRows.ts';
import { healthText, stateText } from './containerRow.ts';
import type { ImageNode, TreeNode } from './nodes.ts';
import { joinParts, type RowContext } from './row.ts';
import { namesOfUsers } from './usage.ts';

export interface TooltipContent {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}

/** What a hover says of an object: all from the live model. Undefined for rows without a hover of their own. */
export function tooltipOf(node: TreeNode, { t, now }: RowContext): TooltipContent | undefined {
  const age = (at: number | undefined): string => formatAge(at, now, t);
  switch (node.kind) {
    case 'container': {
      const { container: c } = node;
      return {
        title: c.name,
        rows: [
          [t('Id'), shortId(c.id)],
          [t('Image'), c.image],
          [t('State'), joinParts([stateText(c, { t, now }), healthText(c, t)])],
          [
            t('Exit code'),
            c.exitCode === undefined
              ? ''
              : `${String(c.exitCode)}${c.oomKilled ? ` · ${t('out of memory')}` : ''}`,
          ],
          [t('Command'), c.command],
          [t('Created'), age(c.createdAt)],
          [t('Compose'), c.compose === undefined ? '' : `${c.compose.project} / ${c.compose.service}`],
          ...c.ports.map((port): [string, string] => [
            t('Port'),
            `${String(port.containerPort)}/${port.protocol}${port.host === undefined ? '' : ` → ${port.host.ip}:${String(port.host.port)}`}`,
          ]),
          ...c.mounts.map((mount): [string, string] => [
            t('Mount'),
            `${mount.source || mount.type} → ${mount.target}`,
          ]),
          ...c.networks.map((network): [string, string] => [
            t('Network'),
            `${network.name} ${network.ipAddress}`,
          ]),
        ],
      };
    }
    case 'image': {
      const { image } = node;
      return {
        title: node.tag || shortId(image.id),
        rows: [
          [t('Id'), shortId(image.id)],
          [t('Tags'), image.tags.join(', ')],
          ...image.digests.map((digest): [string, string] => [t('Digest'), digest]),
          [
            t('In the registry'),
            node.newer === undefined
              ? ''
              : t('{digest}, checked {age}', { digest: node.newer.digest, age: age(node.newer.checkedAt) }),
          ],
          [t('Size'), imageSize(node, t)],
          [t('Created'), age(image.createdAt)],
          [t('In use by'), namesOfUsers(node.usedBy) || t('no container')],
        ],
      };
    }
    case 'volume': {
      const { volume, sizeBytes } = node;
      return {
        title: volume.name,
        rows: [
          [t('Driver'), volume.driver],
          [t('Size'), sizeBytes === undefined || sizeBytes < 0 ? '' : formatBytes(sizeBytes)],
          [t('Stored at'), volume.mountpoint],
          [t('Created'), age(volume.createdAt)],
          [t('In use by'), namesOfUsers(node.usedBy) || t('no container')],
        ],
      };
    }
    case 'network': {
      const { network } = node;
      return {
        title: network.name,
        rows: [
          [t('Id'), shortId(network.id)],
          [t('Driver'), network.driver],
          [t('Scope'), network.scope],
          [t('Subnet'), network.subnets.join(', ')],
          [t('Internal'), network.isInternal ? t('yes: no way out') : ''],
          [t('Created'), age(network.createdAt)],
          [t('Containers'), namesOfUsers(node.usedBy) || t('none')],
        ],
      };
    }
    case 'engine':
      return {
        title: node.name,
        rows: [
          [t('Address'), node.address],
          [t('Version'), node.version],
          [t('Problem'), node.problemText],
        ],
      };
    case 'tag': {
      const { details, registry, repository, tag, problemText } = node;
      if (details === undefined) return undefined;
      const title = `${registry.host}/${repository}:${tag}`;
      if (details instanceof RegistryError) return { title, rows: [[t('Problem'), problemText]] };
      return {
        title,
        rows: [
          [t('Digest'), details.digest],
          [
            t('Size'),
            details.sizeBytes === undefined
              ? ''
              : t('{size} to pull', { size: formatBytes(details.sizeBytes) }),
          ],
          [t('Platforms'), details.platforms.map(printPlatform).join(', ')],
          [t('Created'), age(details.createdAt)],
          [t('Type'), details.mediaType],
        ],
      };
    }
    case 'file':
      return {
        title: shownFileName(node.entry.name),
        rows: fileTooltipRows(node, t, age(node.entry.modifiedAt)),
      };
    case 'group':
    case 'user':
    case 'part':
    case 'fileNotice':
    case 'registry':
    case 'namespace':
    case 'repository':
    case 'registryNotice':
      return undefined;
  }
}

/** How much of it would go with it, where that is known. */
function imageSize({ image, sharedBytes }: ImageNode, t: Localize): string {
  const size = formatBytes(image.sizeBytes);
  if (sharedBytes === undefined) return size;
  if (sharedBytes === 0) return t('{size}, shared with no other image', { size });
  const own = formatBytes(Math.max(0, image.sizeBytes - sharedBytes));
  return t('{size}: {own} of its own, {shared} shared with other images', {
    size,
    own,
    shared: formatBytes(sharedBytes),
  });
}
