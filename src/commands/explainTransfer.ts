import { oneLine } from '../base/format.ts';
import type { Localize } from '../base/localize.ts';
import type { TransferError } from '../model/transferError.ts';

/** Why an image did not come or go, and what to do about it. */
export function explainTransfer({ problem, registry, message }: TransferError, t: Localize): string {
  const said = oneLine(message, 300);
  switch (problem) {
    case 'denied':
      return t(
        '{registry} refused access. Try again with a user name and a password or access token that may do this.',
        { registry },
      );
    case 'missingOrPrivate':
      return t(
        '{registry} has no such repository, or it is private. Check the name, or sign in if it is right.',
        { registry },
      );
    case 'missing':
      return t('{registry} has no image of this name and tag. Check both.', { registry });
    case 'platform':
      return t('the image is not made for this platform. Choose another one. ({said})', { said });
    case 'plainHttp':
      return t(
        '{registry} speaks plain HTTP, which the engine takes from this machine only. Give it TLS, or add it to “insecure-registries” in the engine’s daemon.json and restart the daemon.',
        { registry },
      );
    case 'tls':
      return t(
        'the engine does not trust the certificate of {registry}. Put its CA into /etc/docker/certs.d/{registry}/ca.crt on the engine’s machine. ({said})',
        { registry, said },
      );
    case 'unreachable':
      return t(
        'the engine does not reach {registry}. Check the name, and the network or proxy of the engine. ({said})',
        { registry, said },
      );
    case 'limited':
      return t('{registry} was asked too often. Sign in for a higher limit, or try again later.', {
        registry,
      });
    case 'corrupt':
      return t('what {registry} sent is not what its digest says. Do not use it; try again. ({said})', {
        registry,
        said,
      });
    case 'diskFull':
      return t('the engine’s disk is full. Remove images or volumes that nobody needs, then try again.');
  }
}
