import type { BuilderKind } from '../model/build.ts';
import { hasBuildx } from './buildxBuild.ts';

/** As the setting says; left to us, BuildKit where the docker CLI can reach it, else the engine's own builder. */
export async function chooseBuilder(setting: string, env: NodeJS.ProcessEnv): Promise<BuilderKind> {
  if (setting === 'buildkit' || setting === 'classic') return setting;
  return (await hasBuildx(env)) ? 'buildkit' : 'classic';
}
