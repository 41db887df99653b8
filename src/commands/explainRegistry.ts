import { largestUnit, oneLine } from '../base/format.ts';
import type { Localize } from '../base/localize.ts';
import type { RegistryError } from '../model/registryError.ts';

/** Why a registry did not do what it was asked, and what to do about it. */
export function explainRegistry(error: RegistryError, t: Localize): string {
  const { problem, registry, message, retryAfterSeconds } = error;
  const said = oneLine(message, 300);
  switch (problem) {
    case 'unreachable':
      return t('{registry} is not reachable from here. Check its name, and the network or proxy. ({said})', {
        registry,
        said,
      });
    case 'silent':
      return t('{registry} did not answer in time. Try again later.', { registry });
    case 'tls':
      return t(
        'the secure connection to {registry} failed. Make its certificate known to this machine, or add it with http:// if it has no TLS. ({said})',
        { registry, said },
      );
    case 'denied':
      return t(
        '{registry} refused access. Sign in with a user name and a password or access token that may do this.',
        {
          registry,
        },
      );
    case 'missing':
      return t('{registry} does not have this, or no longer. Refresh to see what is there.', { registry });
    case 'noCatalog':
      return t('{registry} does not list its repositories. Add one by its name.', { registry });
    case 'limited':
      return retryAfterSeconds === undefined
        ? t('{registry} was asked too often. Sign in for a higher limit, or try again later.', { registry })
        : t('{registry} was asked too often. Try again in {wait}.', {
            registry,
            wait: waitText(retryAfterSeconds, t),
          });
    case 'foreign':
      return t('what answers at {registry} does not speak as a registry does. Check the address. ({said})', {
        registry,
        said,
      });
    case 'oversized':
      return t(
        '{registry} sent more than belongs into such an answer, which was given up. Check the address, or try again later.',
        { registry },
      );
    case 'corrupt':
      return t('what {registry} sent is not what its digest says. Do not use it; try again. ({said})', {
        registry,
        said,
      });
    case 'unknownManifest':
      return t('this is of a type that is not known here: {said}', { said });
    case 'undeletable':
      return t(
        '{registry} lets nobody delete. Its operator can allow it; Docker Hub and GHCR delete on their web pages.',
        {
          registry,
        },
      );
    case 'failed':
      return t('{registry} could not do this: {said}. Try again later.', {
        registry,
        said: said.replace(/\.$/, ''),
      });
  }
}

function waitText(seconds: number, t: Localize): string {
  // Rounded up: who comes too early waits from the start again.
  const { unit } = largestUnit(seconds * 1000);
  if (unit === 'second') return t('{count} s', { count: seconds });
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return t('{count} min', { count: minutes });
  return t('{count} h', { count: Math.ceil(minutes / 60) });
}
