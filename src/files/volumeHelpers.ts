import type { Clock } from '../base/async.ts';
import type { Disposable } from '../base/lifecycle.ts';
import type { Engine } from '../engine/engine.ts';
import { helperOwner } from './leftovers.ts';
import { helperLabel } from '../model/container.ts';
import { FilesError } from '../model/filesError.ts';
import { plainRun } from '../model/runOptions.ts';

export const volumeFolder = '/quayside-volume';

/** Long enough to look around in, short enough not to be in the way of who removes the volume. */
const idleMs = 60_000;

/** Ends by itself after a day. */
const waiting = `trap 'exit 0' TERM INT; sleep 86400 & wait`;

interface Helper {
  readonly engine: Engine;
  readonly made: Promise<string>;
  users: number;
  cancel: () => void;
}

export interface HelperOptions {
  readonly clock: Clock;
  /** Says which image a helper is made of. */
  readonly onMade: (volume: string, image: string) => void;
}

/** Containers that do nothing but have a volume, so that its files can be reached; each lives while somebody looks. */
export class VolumeHelpers implements Disposable {
  private readonly options: HelperOptions;
  private readonly helpers = new Map<string, Helper>();

  constructor(options: HelperOptions) {
    this.options = options;
  }

  /** The container's id; `done` says that it is not needed any more. */
  async use(
    engineId: string,
    engine: Engine,
    volume: string,
    signal: AbortSignal,
  ): Promise<{ readonly containerId: string; readonly done: () => void }> {
    const key = `${engineId}/${volume}`;
    let helper = this.helpers.get(key);
    if (helper === undefined) {
      helper = { engine, made: this.make(engine, volume, signal), users: 0, cancel: () => undefined };
      this.helpers.set(key, helper);
    }
    helper.cancel();
    helper.users += 1;
    const known = helper;
    const done = (): void => {
      known.users -= 1;
      if (known.users === 0)
        known.cancel = this.options.clock.after(idleMs, () => void this.release(engineId, volume));
    };
    try {
      const containerId = await helper.made;
      // Somebody may have removed it.
      await engine.read('container', containerId, signal);
      return { containerId, done };
    } catch (error) {
      done();
      helper.cancel();
      if (this.helpers.get(key) === helper) this.helpers.delete(key);
      throw error;
    }
  }

  /** Takes the helper away at once: it would keep the volume from being removed. */
  async release(engineId: string, volume: string): Promise<void> {
    const key = `${engineId}/${volume}`;
    const helper = this.helpers.get(key);
    if (helper === undefined) return;
    helper.cancel();
    this.helpers.delete(key);
    await removeHelper(helper).catch(() => undefined);
  }

  dispose(): void {
    for (const helper of this.helpers.values()) {
      helper.cancel();
      void removeHelper(helper).catch(() => undefined);
    }
    this.helpers.clear();
  }

  private async make(engine: Engine, volume: string, signal: AbortSignal): Promise<string> {
    await engine.read('volume', volume, signal);
    const image = await chooseImage(engine, signal);
    const id = await engine.createContainer(
      {
        ...plainRun,
        image,
        name: `quayside-files-${volume}-${String(this.options.clock.now() % 1_000_000)}`,
        entrypoint: '/bin/sh',
        command: ['-c', waiting],
        labels: { [helperLabel]: helperOwner },
        networks: [{ name: 'none', aliases: [], ipAddress: '' }],
        mounts: [
          { type: 'volume', source: volume, target: volumeFolder, isReadOnly: false, extra: 'nocopy' },
        ],
        user: '0',
      },
      signal,
    );
    // Without a shell it stays as it is: the engine gives out its files all the same.
    await engine.startContainer(id, signal).catch(() => undefined);
    this.options.onMade(volume, image);
    return id;
  }
}

async function removeHelper({ engine, made }: Helper): Promise<void> {
  await engine.removeContainer(await made, new AbortController().signal, { force: true, volumes: true });
}

/** One that is there: a usual small one with a shell, else the smallest. None is ever pulled. */
async function chooseImage(engine: Engine, signal: AbortSignal): Promise<string> {
  const images = await engine.list('image', signal);
  const named = images.flatMap(({ tags, sizeBytes }) => tags.map((tag) => ({ tag, sizeBytes })));
  const rank = ({ tag }: { readonly tag: string }): number => {
    const usual = ['busybox', 'alpine', 'debian', 'ubuntu'];
    const at = usual.findIndex((name) => new RegExp(`(^|/)${name}:`).test(tag));
    return at < 0 ? usual.length : at;
  };
  const [best] = named.sort((a, b) => rank(a) - rank(b) || a.sizeBytes - b.sizeBytes);
  if (best === undefined) throw new FilesError('needsImage', '/', 'the engine has no image');
  return best.tag;
}
