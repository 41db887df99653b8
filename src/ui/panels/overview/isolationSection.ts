import type { Localize } from '../../../base/localize.ts';
import type { ContainerDetails } from '../../../model/containerDetails.ts';
import type { Tone } from '../../../protocol/overview.ts';
import { type FullRow, type FullSection, row, said, section } from './rows.ts';
import { isRoot } from './settingSections.ts';

const engineSockets = /\/(?:docker|podman|containerd)\.sock$/;

/** What keeps it apart from its machine, and what does not: the latter in a colour of its own. */
export function isolationSection(details: ContainerDetails, t: Localize): readonly FullSection[] {
  const { extras, user, mounts, networkMode } = details;
  const line = (key: string, label: string, value: string, tone: Tone = 'plain', note = ''): FullRow =>
    row(`isolation/${key}`, label, { value, tone, note });
  const socket = mounts.find(
    ({ source, target }) => engineSockets.test(source) || engineSockets.test(target),
  );
  const yes = t('yes');
  return section(
    'isolation',
    t('Isolation'),
    said([
      line(
        'privileged',
        t('Privileged'),
        extras.isPrivileged ? yes : t('no'),
        extras.isPrivileged ? 'warning' : 'plain',
        extras.isPrivileged ? t('it may do on the engine’s machine what root may') : '',
      ),
      line(
        'user',
        t('User'),
        user === '' ? 'root' : user,
        'plain',
        isRoot(user) ? t('with a user of its own, an intruder could do less') : '',
      ),
      line(
        'root',
        t('Root file system'),
        extras.isReadOnly ? t('read only') : t('read and write'),
        extras.isReadOnly ? 'good' : 'plain',
      ),
      line(
        'socket',
        t('Engine’s socket'),
        socket === undefined ? '' : socket.target,
        'warning',
        t('who gets into it controls the engine and so its machine'),
      ),
      line('capAdd', t('Capabilities added'), extras.capAdd.join(', '), 'warning'),
      line('capDrop', t('Capabilities dropped'), extras.capDrop.join(', '), 'good'),
      ...extras.securityOptions.map((option, index) =>
        line(`security/${String(index)}`, t('Security option'), ...securityWords(option, t)),
      ),
      line('devices', t('Devices'), extras.devices.map(({ onHost }) => onHost).join(', '), 'warning'),
      ...namespaceRows(
        [
          ['network', t('Network'), networkMode],
          ['pid', t('Processes'), extras.pidMode],
          ['ipc', t('Shared memory'), extras.ipcMode],
          ['uts', t('Host name'), extras.utsMode],
          ['userns', t('Users'), extras.usernsMode],
        ],
        t,
      ),
      line('groups', t('More groups'), extras.groups.join(', ')),
      line(
        'sysctls',
        t('Kernel settings'),
        Object.entries(extras.sysctls)
          .map(([name, value]) => `${name}=${value}`)
          .join(', '),
      ),
      line('runtime', t('Runtime'), extras.runtime),
    ]),
  );
}

function securityWords(option: string, t: Localize): readonly [string, Tone, string] {
  if (/^no-new-privileges(?:[=:]true)?$/.test(option))
    return [option, 'good', t('no program in it gets more rights than it began with')];
  if (/[=:](?:unconfined|disable)$/.test(option))
    return [option, 'warning', t('a protection is switched off')];
  // A profile comes as a whole file.
  const short = option.length > 80 ? `${option.slice(0, 79)}…` : option;
  return [short, 'plain', ''];
}

/** Only what is shared: a namespace of its own goes without saying. */
function namespaceRows(
  modes: readonly (readonly [key: string, label: string, mode: string])[],
  t: Localize,
): readonly FullRow[] {
  return modes.flatMap(([key, label, mode]) => {
    const isOther = mode.startsWith('container:');
    if (mode !== 'host' && !isOther) return [];
    return [
      row(`isolation/ns/${key}`, label, {
        value: isOther
          ? t('shared with the container {id}', { id: mode.slice('container:'.length, 22) })
          : t('shared with the engine’s machine'),
        tone: 'warning',
      }),
    ];
  });
}
