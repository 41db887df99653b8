import { basename } from 'node:path';
import * as vscode from 'vscode';
import { formatBytes } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import type { Desktop, Prompts } from '../../commands/deps.ts';
import { safeFileName } from '../../logs/saveNames.ts';
import type { PathVersion } from '../../model/imageLayers.ts';
import type { OpenImage } from '../../model/layerQuestions.ts';
import type { LayersImage, LayersTarget } from '../../model/layersTarget.ts';
import { layerUri } from '../files/layerUri.ts';
import { explainLayers } from './explainLayers.ts';
import type { LayersActions } from './layersHost.ts';
import type { DiveRules } from './diveRulesFile.ts';
import { whatToOpen } from './whatToOpen.ts';

/** What the editor does for a page of layers: opens files and their changes, saves the analysis. */
export function createLayersActions(options: {
  readonly target: LayersTarget;
  readonly prompts: Prompts;
  readonly desktop: Pick<Desktop, 'copy'>;
  readonly rules: DiveRules;
  /** Asks with which other image, and shows both. */
  readonly compare: (image: LayersImage) => Promise<void>;
  readonly t: Localize;
}): LayersActions {
  const { target, prompts, desktop, rules, t } = options;
  const last = target[1] ?? target[0];
  const name = target.map((image) => image.name).join(' ↔ ');
  return {
    async openPath(reader, { before, after, path, isPlain }, images) {
      const versions = await reader.ask('versions', { before, after, path }, new AbortController().signal);
      const toOpen = whatToOpen(versions, isPlain);
      if (toOpen === undefined) return;
      const uriOf = (version: PathVersion, imageId: string): vscode.Uri => {
        const index = images.findIndex((image) => image.imageId === imageId);
        const { layer, entry } = version;
        const place = placeOf(target[index] ?? last, images[index], layer, t);
        const { sizeBytes, modifiedAt } = entry;
        const { engineId } = last.ref;
        return layerUri({ engineId, imageId, layer, path, sizeBytes, modifiedAt }, place);
      };
      if (toOpen.kind === 'file') {
        const state = toOpen.side === 'before' ? before : after;
        await vscode.commands.executeCommand('vscode.open', uriOf(toOpen.version, state.imageId), {
          preview: true,
        });
        return;
      }
      const [left, right] = [uriOf(toOpen.before, before.imageId), uriOf(toOpen.after, after.imageId)];
      const placeAt = (uri: vscode.Uri): string => uri.path.slice(1, -path.length - 1);
      const title = t('{file} ({before} ↔ {after})', {
        file: basename(path),
        before: placeAt(left),
        after: placeAt(right),
      });
      await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
    },

    async save(reader, { imageId }) {
      const title = t('Save the layers of {name} as JSON', { name: last.name });
      const path = await prompts.chooseFile(title, `${safeFileName(last.name)}.layers.json`);
      if (path === undefined) return;
      const bytes = await prompts.progress(title, (signal) => reader.ask('save', { imageId, path }, signal));
      prompts.tell(t('{size} saved to {file}.', { size: formatBytes(bytes), file: basename(path) }));
    },

    copy: (text) => desktop.copy(text),
    compare: () => options.compare(last),
    openRules: () => rules.open(),

    fail(error) {
      const why = explainLayers(error, t);
      prompts.fail(t('Could not do this with the layers of {name}: {why}', { name, why }));
    },

    explain: (error, image) =>
      t('Could not read the layers of {name}: {why}', { name: image.name, why: explainLayers(error, t) }),
  };
}

/** What tells files of one path apart: `web:1 step 3`. */
function placeOf(image: LayersImage, open: OpenImage | undefined, layer: number, t: Localize): string {
  const step = open?.layers.steps.findIndex((each) => each.layer === layer) ?? -1;
  return t('{image} step {number}', { image: image.name, number: step + 1 });
}
