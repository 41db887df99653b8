import { emptyRows, type RowsOf, type RunForm } from '../../model/runForm.ts';
import type { FormProblem } from '../../model/runFormReader.ts';
import { mountTypes, portProtocols, restartNames } from '../../model/runOptions.ts';
import { type Choice, isRunForm, type RunStrings } from '../../protocol/run.ts';
import { element } from '../dom.ts';
import { Control, type ControlKind } from './control.ts';
import { type Column, type Row, RowList, type RowListWords, type RowValue } from './rowList.ts';

type ListName = keyof RowsOf;
type SingleName = Exclude<keyof RunForm, ListName>;

export interface FormViewOptions {
  readonly strings: RunStrings;
  readonly choose: (what: Choice) => Promise<string | undefined>;
  readonly onChange: () => void;
}

/** All fields of the form. What they say is read and filled as one. */
export class FormView {
  readonly element = element('form', { class: 'form', novalidate: '' });
  readonly singles: ReadonlyMap<SingleName, Control>;
  readonly lists: ReadonlyMap<ListName, RowList>;
  /** Below the image: what the engine has of it. */
  readonly imageNote = element('div', { class: 'imageNote', role: 'status' });
  private readonly strings: RunStrings;
  private readonly choose: FormViewOptions['choose'];
  private readonly onChange: () => void;

  constructor({ strings, choose, onChange }: FormViewOptions) {
    this.strings = strings;
    this.choose = choose;
    this.onChange = onChange;
    this.singles = this.makeSingles();
    this.lists = this.makeLists();
    this.arrange();
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
    });
  }

  read(): RunForm {
    const form: unknown = Object.fromEntries([
      ...[...this.singles].map(([name, { value }]) => [name, value] as const),
      ...[...this.lists].map(([name, { value }]) => [name, value] as const),
    ]);
    if (!isRunForm(form)) throw new Error('the fields make no form');
    return form;
  }

  fill(form: RunForm): void {
    for (const [name, control] of this.singles) control.value = form[name];
    for (const [name, list] of this.lists) list.fill(form[name].map((row): RowValue => ({ ...row })));
    this.showRetries();
  }

  /** What is said of each field; those that are not named have nothing wrong. */
  setProblems(problems: readonly (Pick<FormProblem, 'at'> & { readonly text: string })[]): void {
    const texts = new Map(problems.map(({ at, text }) => [at, text]));
    for (const [at, control] of this.byPlace()) control.setProblem(texts.get(at) ?? '');
  }

  control(at: string): Control | undefined {
    return this.byPlace().get(at) ?? this.byPlace().get(`${at}.0.${firstPart(at)}`);
  }

  /** Everything is said from now on; the first field with something wrong has the focus. */
  touchAll(): number {
    const wrong = [...this.byPlace().values()].filter((control) => {
      control.touch();
      return control.hasProblem;
    });
    wrong[0]?.focus();
    return wrong.length;
  }

  prune(): void {
    for (const list of this.lists.values()) list.prune();
  }

  set isDisabled(isDisabled: boolean) {
    this.element.inert = isDisabled;
    this.element.classList.toggle('waiting', isDisabled);
  }

  private byPlace(): Map<string, Control> {
    const places = new Map<string, Control>(this.singles);
    for (const [name, { rows }] of this.lists)
      for (const [index, { controls }] of rows.entries())
        for (const [part, control] of controls) places.set(`${name}.${String(index)}.${part}`, control);
    return places;
  }

  private makeSingles(): ReadonlyMap<SingleName, Control> {
    const { strings } = this;
    const text = (placeholder: string): ControlKind => ({ kind: 'text', placeholder });
    const make = (label: string, type: ControlKind): Control =>
      new Control(label, type, () => {
        this.showRetries();
        this.onChange();
      });
    const image = make(strings.image, text(strings.imageHint));
    image.line.append(
      this.chooser('image', (chosen) => {
        image.value = chosen;
        image.focus();
      }),
    );
    const words = {
      no: strings.restartNo,
      'on-failure': strings.restartOnFailure,
      'unless-stopped': strings.restartUnlessStopped,
      always: strings.restartAlways,
    };
    const restart = restartNames.map((name) => [name, words[name]] as const);
    return new Map<SingleName, Control>([
      ['image', image],
      ['name', make(strings.name, text(strings.nameHint))],
      ['command', make(strings.command, { kind: 'area', placeholder: strings.commandHint })],
      [
        'entrypoint',
        make(strings.entrypoint, { kind: 'text', placeholder: strings.entrypointHint, isCode: true }),
      ],
      ['user', make(strings.user, text(strings.userHint))],
      ['workingDir', make(strings.workingDir, text(strings.userHint))],
      ['hostname', make(strings.hostname, text(strings.nameHint))],
      ['platform', make(strings.platform, text(strings.platformHint))],
      ['hasTerminal', make(strings.hasTerminal, { kind: 'check' })],
      ['isInteractive', make(strings.isInteractive, { kind: 'check' })],
      ['publishesAll', make(strings.publishesAll, { kind: 'check' })],
      ['cpus', make(strings.cpus, text(strings.noLimit))],
      ['memory', make(strings.memory, text(strings.memoryHint))],
      ['pids', make(strings.pids, text(strings.noLimit))],
      ['restart', make(strings.restart, { kind: 'select', options: restart })],
      ['retries', make(strings.retries, text(strings.retriesHint))],
      ['isRemovedAtEnd', make(strings.isRemovedAtEnd, { kind: 'check' })],
    ]);
  }

  private makeLists(): ReadonlyMap<ListName, RowList> {
    const { strings } = this;
    const text = (part: string, label: string, placeholder = ''): Column => ({
      part,
      label,
      type: { kind: 'text', placeholder },
    });
    const list = (
      name: ListName,
      words: Pick<RowListWords, 'label' | 'add'> & { readonly hint?: string },
      columns: readonly Column[],
      onRow?: (row: Row) => void,
      extra: readonly Node[] = [],
    ): [ListName, RowList] => [
      name,
      new RowList({
        name,
        words: {
          hint: '',
          ...words,
          remove: strings.remove,
          choose: strings.choose,
          rowName: strings.rowName,
        },
        columns,
        empty: { ...emptyRows[name] },
        onChange: this.onChange,
        extra,
        ...(onRow === undefined ? {} : { onRow }),
      }),
    ];
    const protocols = portProtocols.map((each) => [each, each.toUpperCase()] as const);
    const kinds = mountTypes.map((each) => [each, strings[each]] as const);
    const publishesAll = this.singles.get('publishesAll');
    return new Map([
      list(
        'ports',
        { label: strings.ports, hint: strings.portsHint, add: strings.addPort },
        [
          text('host', strings.hostPort, strings.hostPortHint),
          text('container', strings.containerPort, '80'),
          { part: 'protocol', label: strings.protocol, type: { kind: 'select', options: protocols } },
        ],
        undefined,
        publishesAll === undefined ? [] : [publishesAll.element],
      ),
      list(
        'mounts',
        { label: strings.mounts, hint: strings.mountsHint, add: strings.addMount },
        [
          { part: 'type', label: strings.mountType, type: { kind: 'select', options: kinds } },
          {
            ...text('source', strings.hostFolder),
            choose: (row) => this.choose(row.value['type'] === 'volume' ? 'volume' : 'folder'),
          },
          text('target', strings.mountTarget, '/data'),
          { ...text('extra', strings.mountExtra), isRare: true },
          { part: 'isReadOnly', label: strings.readOnly, type: { kind: 'check' } },
        ],
        (row) => {
          this.showMount(row);
        },
      ),
      list('env', { label: strings.env, add: strings.addVariable }, [
        text('name', strings.variable, 'NODE_ENV'),
        { part: 'value', label: strings.value, type: { kind: 'area' } },
      ]),
      list('envFiles', { label: strings.envFiles, hint: strings.envFilesHint, add: strings.addFile }, [
        { ...text('path', strings.path, '.env'), choose: () => this.choose('envFile') },
      ]),
      list('networks', { label: strings.networks, hint: strings.networksHint, add: strings.addNetwork }, [
        { ...text('name', strings.network), choose: () => this.choose('network') },
        text('aliases', strings.aliases),
        text('ipAddress', strings.ipAddress),
      ]),
      list('labels', { label: strings.labels, add: strings.addLabel }, [
        text('name', strings.label),
        { part: 'value', label: strings.value, type: { kind: 'area' } },
      ]),
    ]);
  }

  private arrange(): void {
    const { strings } = this;
    const one = (...names: readonly SingleName[]): Node[] =>
      names.flatMap((name) => this.singles.get(name)?.element ?? []);
    const many = (name: ListName): Node[] => [
      ...(this.lists.get(name) === undefined ? [] : [this.listOf(name)]),
    ];
    const group = (label: string, ...children: readonly Node[]): HTMLElement =>
      element('fieldset', { class: 'group' }, element('legend', {}, label), ...children);
    const grid = (...children: readonly Node[]): HTMLElement =>
      element('div', { class: 'grid' }, ...children);
    const [image, ...others] = one('image', 'name');
    if (image !== undefined) image.appendChild(this.imageNote);
    this.element.append(
      grid(...(image === undefined ? [] : [image]), ...others),
      ...many('ports'),
      ...many('mounts'),
      ...many('env'),
      ...many('envFiles'),
      ...many('networks'),
      group(strings.behaviour, grid(...one('restart', 'retries')), ...one('isRemovedAtEnd')),
      group(strings.limits, grid(...one('cpus', 'memory', 'pids'))),
      group(
        strings.process,
        ...one('command'),
        grid(...one('entrypoint', 'user', 'workingDir', 'hostname', 'platform')),
        ...one('hasTerminal', 'isInteractive'),
      ),
      ...many('labels'),
    );
  }

  private listOf(name: ListName): Node {
    return this.lists.get(name)?.element ?? element('div');
  }

  /** A button that lets the editor ask. */
  private chooser(what: Choice, take: (chosen: string) => void): HTMLButtonElement {
    const made = element(
      'button',
      { type: 'button', class: 'button', 'aria-label': this.strings.choose },
      '…',
    );
    made.title = this.strings.choose;
    made.addEventListener('click', () => {
      void this.choose(what).then((chosen) => {
        if (chosen === undefined) return;
        take(chosen);
        this.onChange();
      });
    });
    return made;
  }

  /** What a mount begins with depends on its kind. */
  private showMount({ controls }: Row): void {
    const type = controls.get('type')?.value;
    const source = controls.get('source');
    const isVolume = type === 'volume';
    source?.rename(
      isVolume ? this.strings.volumeName : this.strings.hostFolder,
      isVolume ? this.strings.volumeNameHint : '',
    );
    if (source !== undefined) source.element.hidden = type === 'tmpfs';
  }

  private showRetries(): void {
    const retries = this.singles.get('retries');
    if (retries !== undefined) retries.element.hidden = this.singles.get('restart')?.value !== 'on-failure';
  }
}

/** Of a list, what one fills in first. */
function firstPart(list: string): string {
  return list === 'ports' ? 'host' : list === 'mounts' ? 'source' : 'name';
}
