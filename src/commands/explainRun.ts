import { oneLine } from '../base/format.ts';
import type { Localize } from '../base/localize.ts';
import type { RunError } from '../model/runError.ts';

/** Why a container was not made or did not start, and what to do about it. */
export function explainRun({ problem, subject, message }: RunError, t: Localize): string {
  const said = oneLine(message, 300);
  const what = oneLine(subject, 100);
  switch (problem) {
    case 'nameTaken':
      return t('another container is called {name}. Choose another name, or remove that one.', {
        name: what,
      });
    case 'portTaken':
      return t('the port {port} is taken on the engine’s machine. Choose another one, or end what uses it.', {
        port: what,
      });
    case 'noCommand':
      return t('the image does not say what to run. Give a command.');
    case 'commandMissing':
      return t('there is no program “{name}” in the image. Check the command and the entrypoint.', {
        name: what,
      });
    case 'commandDenied':
      return t('“{name}” is no program that may be run in the image. Check the command and the entrypoint.', {
        name: what,
      });
    case 'hostPathMissing':
      return t('the engine’s machine has no folder {path}. Make it, or choose another one.', { path: what });
    case 'badMount':
      return t('a volume cannot be mounted so: {said}', { said });
    case 'noNetwork':
      return t('there is no network “{name}”. Create it, or choose another one.', { name: what });
    case 'badNetwork':
      return t('the network does not allow that: {said}', { said });
    case 'noUser':
      return t('the image has no user or group “{name}”. Give its number instead, or another one.', {
        name: what,
      });
    case 'badWorkingDir':
      return t('the working directory “{path}” cannot be used. Give an absolute path inside the container.', {
        path: what,
      });
    case 'badLimit':
      return t('the engine does not accept a limit: {said}', { said });
    case 'noImage':
      return t('there is no image “{name}” on the engine. Pull it, or check the name.', { name: what });
    case 'badPlatform':
      return t('the image is not made for this platform. Choose another one. ({said})', { said });
  }
}
