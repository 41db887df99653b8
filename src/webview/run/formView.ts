import { emptyRows, type RunForm } from '../../model/runForm.ts';
import type { FormProblem } from '../../model/runFormReader.ts';
import { type Choice, isRunForm } from '../../protocol/run.ts';
import type { RunStrings } from '../../protocol/runStrings.ts';
import { element } from '../dom.ts';
import { Control } from './control.ts';
import { listFields, type ListName, showMount, singleFields, type SingleName } from './fields.ts';
import { RowList, type RowValue } from './rowList.ts';

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

  /** Everything is said from now on; gives back the fields with something wrong. */
  touchAll(): readonly Control[] {
    return [...this.byPlace().values()].filter((control) => {
      control.touch();
      return control.hasProblem;
    });
  }

  /** Rows with something in them, as if somebody had added them. */
  addRows(name: ListName, values: readonly RowValue[]): void {
    const list = this.lists.get(name);
    for (const value of values) list?.add(value);
    this.onChange();
    list?.controls[0]?.focus();
  }

  /** Rows in which nothing is typed go. */
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
    const made = singleFields(this.strings).map(({ name, label, type }): [SingleName, Control] => [
      name,
      new Control(label, type, () => {
        this.showRetries();
        this.onChange();
      }),
    ]);
    const singles = new Map(made);
    const image = singles.get('image');
    image?.line.append(
      this.chooser('image', (chosen) => {
        image.value = chosen;
        image.focus();
      }),
    );
    return singles;
  }

  private makeLists(): ReadonlyMap<ListName, RowList> {
    const { strings, onChange } = this;
    const { remove, choose, rowName } = strings;
    const publishesAll = this.singles.get('publishesAll');
    return new Map(
      listFields(strings, this.choose).map(({ name, words, columns }): [ListName, RowList] => [
        name,
        new RowList({
          name,
          words: { ...words, remove, choose, rowName },
          columns,
          empty: { ...emptyRows[name] },
          onChange,
          extra: name === 'ports' && publishesAll !== undefined ? [publishesAll.element] : [],
          onRow: (row) => {
            if (name === 'mounts') showMount(row, strings);
          },
        }),
      ]),
    );
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

  private showRetries(): void {
    const retries = this.singles.get('retries');
    if (retries !== undefined) retries.element.hidden = this.singles.get('restart')?.value !== 'on-failure';
  }
}

/** Of a list, what one fills in first. */
function firstPart(list: string): string {
  return list === 'ports' ? 'host' : list === 'mounts' ? 'source' : 'name';
}
