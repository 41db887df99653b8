import type { RowsOf, RunForm } from '../../model/runForm.ts';
import { mountTypes, portProtocols, restartNames } from '../../model/runOptions.ts';
import type { Choice } from '../../protocol/run.ts';
import type { RunStrings } from '../../protocol/runStrings.ts';
import type { ControlKind } from './control.ts';
import type { Column, Row, RowListWords } from './rowList.ts';

export type ListName = keyof RowsOf;
export type SingleName = Exclude<keyof RunForm, ListName>;

export interface SingleField {
  readonly name: SingleName;
  readonly label: string;
  readonly type: ControlKind;
}

export interface ListField {
  readonly name: ListName;
  readonly words: Pick<RowListWords, 'label' | 'hint' | 'add'>;
  readonly columns: readonly Column[];
}

/** The fields of which there is one. */
export function singleFields(strings: RunStrings): readonly SingleField[] {
  const text = (name: SingleName, label: string, placeholder: string): SingleField => ({
    name,
    label,
    type: { kind: 'text', placeholder },
  });
  const check = (name: SingleName, label: string): SingleField => ({ name, label, type: { kind: 'check' } });
  const restartWords = {
    no: strings.restartNo,
    'on-failure': strings.restartOnFailure,
    'unless-stopped': strings.restartUnlessStopped,
    always: strings.restartAlways,
  };
  const restart = restartNames.map((name) => [name, restartWords[name]] as const);
  const command: ControlKind = { kind: 'area', placeholder: strings.commandHint };
  const entrypoint: ControlKind = { kind: 'text', placeholder: strings.entrypointHint, isCode: true };
  return [
    text('image', strings.image, strings.imageHint),
    text('name', strings.name, strings.nameHint),
    { name: 'command', label: strings.command, type: command },
    { name: 'entrypoint', label: strings.entrypoint, type: entrypoint },
    text('user', strings.user, strings.userHint),
    text('workingDir', strings.workingDir, strings.userHint),
    text('hostname', strings.hostname, strings.nameHint),
    text('platform', strings.platform, strings.platformHint),
    check('hasTerminal', strings.hasTerminal),
    check('isInteractive', strings.isInteractive),
    check('publishesAll', strings.publishesAll),
    text('cpus', strings.cpus, strings.noLimit),
    text('memory', strings.memory, strings.memoryHint),
    text('pids', strings.pids, strings.noLimit),
    { name: 'restart', label: strings.restart, type: { kind: 'select', options: restart } },
    text('retries', strings.retries, strings.retriesHint),
    check('isRemovedAtEnd', strings.isRemovedAtEnd),
  ];
}

/** The fields of which there are as many as one likes. */
export function listFields(
  strings: RunStrings,
  choose: (what: Choice) => Promise<string | undefined>,
): readonly ListField[] {
  const text = (part: string, label: string, placeholder = ''): Column => ({
    part,
    label,
    type: { kind: 'text', placeholder },
  });
  const area = (part: string, label: string): Column => ({ part, label, type: { kind: 'area' } });
  const protocols = portProtocols.map((each) => [each, each.toUpperCase()] as const);
  const kinds = mountTypes.map((each) => [each, strings[each]] as const);
  return [
    {
      name: 'ports',
      words: { label: strings.ports, hint: strings.portsHint, add: strings.addPort },
      columns: [
        text('host', strings.hostPort, strings.hostPortHint),
        text('container', strings.containerPort, '80'),
        { part: 'protocol', label: strings.protocol, type: { kind: 'select', options: protocols } },
      ],
    },
    {
      name: 'mounts',
      words: { label: strings.mounts, hint: strings.mountsHint, add: strings.addMount },
      columns: [
        { part: 'type', label: strings.mountType, type: { kind: 'select', options: kinds } },
        {
          ...text('source', strings.hostFolder),
          choose: (row) => choose(row.value['type'] === 'volume' ? 'volume' : 'folder'),
        },
        text('target', strings.mountTarget, '/data'),
        { ...text('extra', strings.mountExtra), isRare: true },
        { part: 'isReadOnly', label: strings.readOnly, type: { kind: 'check' } },
      ],
    },
    {
      name: 'env',
      words: { label: strings.env, hint: '', add: strings.addVariable },
      columns: [text('name', strings.variable, 'NODE_ENV'), area('value', strings.value)],
    },
    {
      name: 'envFiles',
      words: { label: strings.envFiles, hint: strings.envFilesHint, add: strings.addFile },
      columns: [{ ...text('path', strings.path, '.env'), choose: () => choose('envFile') }],
    },
    {
      name: 'networks',
      words: { label: strings.networks, hint: strings.networksHint, add: strings.addNetwork },
      columns: [
        { ...text('name', strings.network), choose: () => choose('network') },
        text('aliases', strings.aliases),
        text('ipAddress', strings.ipAddress),
      ],
    },
    {
      name: 'labels',
      words: { label: strings.labels, hint: '', add: strings.addLabel },
      columns: [text('name', strings.label), area('value', strings.value)],
    },
  ];
}

/** What a mount begins with depends on its kind. */
export function showMount({ controls }: Row, strings: RunStrings): void {
  const type = controls.get('type')?.value;
  const source = controls.get('source');
  if (source === undefined) return;
  const isVolume = type === 'volume';
  source.rename(isVolume ? strings.volumeName : strings.hostFolder, isVolume ? strings.volumeNameHint : '');
  source.element.hidden = type === 'tmpfs';
}
