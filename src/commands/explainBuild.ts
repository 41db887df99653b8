import { oneLine } from '../base/format.ts';
import type { Localize } from '../base/localize.ts';
import type { BuildProblem } from '../model/buildProblem.ts';
import { parseImageReference } from '../model/imageReference.ts';
import { TransferError } from '../model/transferError.ts';
import { transferProblemOf } from '../model/transferProblem.ts';
import { sentence } from './explain.ts';
import { explainTransfer } from './explainTransfer.ts';

/** Why a build has failed and what to do about it: whole sentences. */
export function explainBuild(problem: BuildProblem, t: Localize): string {
  const { kind } = problem;
  const said = oneLine(problem.said, 400);
  const what = oneLine(problem.what, 200);
  switch (kind) {
    case 'syntax':
      return t('The Dockerfile cannot be read: {said}', { said: sentence(what === '' ? said : what) });
    case 'missingSource':
      return what === ''
        ? t('What is to be copied is not in the build context, or .dockerignore leaves it out. ({said})', {
            said,
          })
        : t(
            '{what} is not in the build context, or .dockerignore leaves it out. Check the path: it starts at the context’s folder.',
            { what },
          );
    case 'outside':
      return t(
        'A path or a link leads out of the build context, where the builder may not go. Move it inside, or choose a folder further up as the context. ({said})',
        { said },
      );
    case 'step':
      return problem.exitCode === undefined
        ? t('{what} failed. Its output has the reason.', { what })
        : t('{what} ended with exit code {exitCode}. Its output has the reason.', {
            what,
            exitCode: problem.exitCode,
          });
    case 'baseImage':
      return t('The image {image} is not to be had: {why}', { image: what, why: whyNoImage(problem, t) });
    case 'target':
      return t('The Dockerfile has no stage {what}. Choose another target.', { what });
    case 'noDockerfile':
      return t('There is no Dockerfile to read. ({said})', { said });
    case 'needsBuildKit':
      return t(
        'The classic builder does not know {what}; BuildKit does. Install the docker CLI with buildx 0.13 or later, or do without it.',
        { what },
      );
    case 'needsFrontend':
      return t(
        'This engine’s BuildKit does not know {what} by itself. Put “# syntax=docker/dockerfile:1” on the first line, or use a newer engine.',
        { what },
      );
    case 'builder':
      return t(
        'The builder of buildx did not start. Correct that, or choose another one with docker buildx use. ({said})',
        { said },
      );
    case 'noBuildx':
      return t(
        'There is no docker CLI with buildx 0.13 or later here. Install it, or set quayside.build.builder to “auto” or “classic”.',
      );
    case 'noSecret':
      return t(
        'The secret {what} is not given, or its file is not there. Add it under Secrets, as name=file.',
        {
          what,
        },
      );
    case 'platforms':
      return t(
        'This engine cannot keep an image of several platforms. Choose one of them, turn on Push, or use the containerd image store.',
      );
    case 'cacheExport':
      return t(
        'This builder cannot give its cache away. Use a builder of another driver (docker buildx create), or the containerd image store.',
      );
    case 'unreadable':
      return t('{what} cannot be read. Allow this user to read it, or leave it out by .dockerignore.', {
        what,
      });
    case 'changed':
      return t('{what} became shorter while it was sent. Build again once nothing writes to it.', { what });
    case 'ignorePattern':
      return t('.dockerignore has a line that is no pattern: {what}', {
        what: sentence(what === '' ? said : what),
      });
    case 'noContext':
      return t('The build context {what} is not there. Choose another folder.', { what });
    case 'diskFull':
      return t('The engine’s disk is full. Remove images or volumes that nobody needs, then build again.');
    case 'unreachable':
      return t('The connection to the engine was lost during the build. Build again when it is back.');
    case 'other':
      return said === '' ? t('The builder did not say why.') : sentence(said);
  }
}

function whyNoImage(problem: BuildProblem, t: Localize): string {
  const registry = parseImageReference(problem.what)?.registry ?? '';
  const reason = transferProblemOf(problem.said);
  return reason === undefined || registry === ''
    ? sentence(oneLine(problem.said, 400))
    : explainTransfer(new TransferError(reason, registry, problem.said), t);
}
