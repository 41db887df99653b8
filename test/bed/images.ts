import { engineJson, engineRequest } from './engineRequest.ts';
import { type ImageArchive, imageArchive } from './imageArchive.ts';
import { imageRecipes } from './imageRecipes.ts';

export interface ImageLoad {
  /** Borne by every image, as `quayside.bed=<name>`. */
  readonly label: string;
  /** Leaves alone images of ours whose tag somebody else's image has already. */
  readonly spareForeign: boolean;
}

/** Loads the bed's images into an engine, unless it has them. */
export async function loadImages(socketPath: string, load: ImageLoad): Promise<void> {
  const present = await presentTags(socketPath);
  const foreign = load.spareForeign ? [...present].filter(([, { ours }]) => !ours).map(([tag]) => tag) : [];
  const archive = await archiveFor(load.label, foreign);
  if ([...archive.ids].every(([tag, id]) => present.get(tag)?.id === id)) return;
  const answer = await engineRequest(socketPath, '/images/load?quiet=1', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-tar' },
    body: archive.bytes,
  });
  const text = answer.body.toString('utf8');
  // An error in mid-load comes inside an answer that began with 200.
  if (answer.status !== 200 || text.includes('"error"')) throw new Error(`Loading the bed's images: ${text}`);
}

/** Made once for all engines of a run. */
const archives = new Map<string, ImageArchive>();

async function archiveFor(label: string, without: readonly string[]): Promise<ImageArchive> {
  const key = [label, ...without].join(' ');
  const made = archives.get(key);
  if (made !== undefined) return made;
  const recipes = await imageRecipes({ 'quayside.bed': label });
  const archive = imageArchive(recipes.filter(({ tag }) => !without.includes(tag)));
  archives.set(key, archive);
  return archive;
}

async function presentTags(socketPath: string): Promise<Map<string, { id: string; ours: boolean }>> {
  const present = new Map<string, { id: string; ours: boolean }>();
  const list = await engineJson(socketPath, '/images/json');
  if (!Array.isArray(list)) return present;
  for (const item of list as {
    Id: string;
    RepoTags: string[] | null;
    Labels: Record<string, string> | null;
  }[]) {
    const ours = item.Labels?.['quayside.bed'] !== undefined;
    for (const tag of item.RepoTags ?? []) present.set(tag, { id: item.Id, ours });
  }
  return present;
}
