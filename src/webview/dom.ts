type Attributes = Readonly<Record<string, string>>;

/** Makes an element. Text goes in as text: there is no way to put markup into a page. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button with a picture or short text for a face, and a name that says what it does. */
export function button(name: string, face: Node | string, onPress: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'button' }, face);
  rename(made, name);
  made.addEventListener('click', onPress);
  return made;
}

export function rename(made: HTMLElement, name: string): void {
  made.setAttribute('aria-label', name);
  made.title = name;
}

export function setPressed(made: HTMLElement, isPressed: boolean): void {
  made.setAttribute('aria-pressed', String(isPressed));
}

/**
 * For what comes by itself, without a press in the page: an element that takes the focus takes it from the whole editor,
 * also from a quick pick that was opened meanwhile, which closes then.
 */
export function takeFocus(wanted: { focus(): void }): void {
  if (document.hasFocus()) wanted.focus();
}
