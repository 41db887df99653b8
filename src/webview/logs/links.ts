/** Tells of each click on a source position, and of Enter on one. Who selects text across one means the text. */
export function listenForLinks(list: HTMLElement, open: (row: number, index: number) => void): void {
  const openAt = (target: EventTarget | null): boolean => {
    const link = target instanceof Element ? target.closest<HTMLElement>('.sourceLink') : null;
    const { row, link: index } = link?.dataset ?? {};
    if (row === undefined || index === undefined) return false;
    open(Number(row), Number(index));
    return true;
  };
  list.addEventListener('click', ({ target }) => {
    if (document.getSelection()?.isCollapsed !== false) openAt(target);
  });
  list.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && openAt(event.target)) event.preventDefault();
  });
}
