import { oneLine } from '../base/format.ts';
import type { Localize } from '../base/localize.ts';
import type { EngineError } from '../model/engineError.ts';
import { FileError } from '../model/fileError.ts';
import { FilesError } from '../model/filesError.ts';
import { ImageArchiveError } from '../model/imageArchiveError.ts';
import { RegistryError } from '../model/registryError.ts';
import { RunError } from '../model/runError.ts';
import { TransferError } from '../model/transferError.ts';
import { CommandFailure } from './commandFailure.ts';
import { explainArchive } from './explainArchive.ts';
import { explainFiles } from './explainFiles.ts';
import { explainRegistry } from './explainRegistry.ts';
import { explainRun } from './explainRun.ts';
import { explainTransfer } from './explainTransfer.ts';

/** Why, in one sentence that ends with a next step where there is one. */
export function explain(error: EngineError, t: Localize): string {
  if (error instanceof CommandFailure) return error.message;
  if (error instanceof TransferError) return explainTransfer(error, t);
  if (error instanceof RegistryError) return explainRegistry(error, t);
  if (error instanceof FilesError) return explainFiles(error, t);
  if (error instanceof RunError) return explainRun(error, t);
  if (error instanceof FileError || error instanceof ImageArchiveError) return explainArchive(error, t);
  const said = sentence(oneLine(error.message, 400));
  switch (error.hint) {
    case 'permission':
      return t(
        'this user may not open the engine’s socket. Join the group that owns it (usually: sudo usermod -aG docker $USER), then log in again.',
      );
    case 'missing':
      return t('there is no engine at its socket. Start the engine, or install one.');
    case 'refused':
      return t('nothing answers at the engine’s address. Start the engine.');
    case 'garbage':
      return t(
        'what answers at the engine’s address is not a container engine ({said}). Check the address.',
        {
          said: oneLine(error.message, 200),
        },
      );
    case 'silent':
      return t('the engine accepted the connection but did not answer in time. Restart it if this goes on.');
    case 'endpoint':
      return t('{said} Correct DOCKER_HOST, the docker context or the setting quayside.engine.address.', {
        said,
      });
    case 'tls':
      return t('the secure connection failed: {said} Check the certificates of the docker context.', {
        said,
      });
    case undefined:
      break;
  }
  switch (error.reason) {
    case 'unreachable':
      return t('the connection to the engine was lost. It is retried by itself; try again when it is back.');
    case 'notFound':
      return t('{said} It may have been removed in the meantime.', { said });
    case 'unauthorized':
      return t('access was refused: {said}', { said });
    case 'timeout':
      return t('the engine took too long: {said}', { said });
    case 'unsupported':
      return t('this engine cannot do that: {said}', { said });
    case 'conflict':
    case 'cancelled':
    case 'unexpected':
      return said;
  }
}

/** With a full stop where it has none of its own. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…。]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
