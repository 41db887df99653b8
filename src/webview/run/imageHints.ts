import { fill } from '../../base/fill.ts';
import type { ImageHints } from '../../protocol/run.ts';
import type { RunStrings } from '../../protocol/runStrings.ts';
import { element } from '../dom.ts';
import type { FormView } from './formView.ts';

/** What the image would do by itself stands, in grey, where something else can be said. */
export function showImage(
  form: FormView,
  strings: RunStrings,
  name: string,
  hints: ImageHints | undefined,
): void {
  const place = (field: 'command' | 'entrypoint' | 'user' | 'workingDir', text = ''): void => {
    form.singles.get(field)?.hint(text || strings.userHint);
  };
  place('command', hints?.command);
  place('entrypoint', hints?.entrypoint);
  place('user', hints?.user);
  place('workingDir', hints?.workingDir);
  const isTyped = name !== '' && form.singles.get('image')?.hasProblem !== true;
  form.imageNote.replaceChildren(
    isTyped ? (hints === undefined ? strings.imageMissing : strings.imagePresent) : '',
  );
  if (hints !== undefined && hints.ports.length > 0)
    form.imageNote.append(' ', publisher(form, strings, hints));
}

/** Adds a row for each exposed port that has none. */
function publisher(form: FormView, strings: RunStrings, { ports }: ImageHints): HTMLButtonElement {
  const names = ports.map(
    ({ containerPort, protocol }) => `${String(containerPort)}${protocol === 'tcp' ? '' : `/${protocol}`}`,
  );
  const made = element(
    'button',
    { type: 'button', class: 'link' },
    fill(strings.publishExposed, { ports: names.join(', ') }),
  );
  made.addEventListener('click', () => {
    const has = new Set(form.read().ports.map(({ container, protocol }) => `${container}/${protocol}`));
    form.addRows(
      'ports',
      ports
        .map(({ containerPort, protocol }) => ({ container: String(containerPort), protocol }))
        .filter(({ container, protocol }) => !has.has(`${container}/${protocol}`))
        .map((row) => ({ ...row, host: row.container })),
    );
  });
  return made;
}
