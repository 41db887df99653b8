import { isUp } from '../../model/container.ts';
import { asEngineError } from '../../model/engineError.ts';
import type { KnownEngine } from '../../engine/engineSet.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { listLines } from '../naming.ts';
import { type Action, action } from '../verb.ts';
import { chooseEngine } from './chooseEngine.ts';

type DaemonVerb = 'start' | 'stop' | 'restart';

/**
 * Starts, stops or restarts the daemon of this machine through systemd. Where there is no systemd, or the engine runs
 * elsewhere, it says exactly how to do it by hand.
 */
export function daemonAction(verb: DaemonVerb): Action {
  return action(async (deps, signal, args) => {
    const { t } = deps;
    const questions: Readonly<Record<DaemonVerb, () => string>> = {
      start: () => t('Start the daemon of which engine?'),
      stop: () => t('Stop the daemon of which engine?'),
      restart: () => t('Restart the daemon of which engine?'),
    };
    const isAnyActive = deps.engines.active.some(({ description }) => description.isLocal);
    const engine = await chooseEngine(
      deps,
      args,
      questions[verb](),
      ({ description, store }) =>
        description.isLocal && (!isAnyActive || store.state.connection.phase !== 'disconnected'),
    );
    if (engine === undefined) return;
    const unit = unitOf(engine);
    const byHand = await instructions(deps, engine, verb, unit);
    if (byHand !== undefined) throw new CommandFailure('unsupported', byHand);
    if (verb !== 'start' && !(await confirmDown(deps, engine, verb))) return;
    const titles: Readonly<Record<DaemonVerb, () => string>> = {
      start: () => t('Starting {unit}', { unit }),
      stop: () => t('Stopping {unit}', { unit }),
      restart: () => t('Restarting {unit}', { unit }),
    };
    await deps.prompts.progress(titles[verb](), async (progressSignal) => {
      const both = AbortSignal.any([signal, progressSignal]);
      try {
        await deps.desktop.run('systemctl', systemctlArgs(verb, unit), both);
      } catch (error) {
        const command = `sudo systemctl ${systemctlArgs(verb, unit).join(' ')}`;
        throw new CommandFailure(
          'unauthorized',
          t('systemctl said: {why} Run this in a terminal: {command}', {
            why: asEngineError(error).message,
            command,
          }),
          { cause: error },
        );
      }
    });
    if (verb !== 'stop') {
      engine.store.connect();
      engine.store.retry();
    }
  });
}

/** The socket unit would start the daemon again at the next connection, so it goes down too. */
function systemctlArgs(verb: DaemonVerb, unit: string): readonly string[] {
  const isUser = unit.startsWith('--user ');
  const name = unit.replace('--user ', '');
  return [
    ...(isUser ? ['--user'] : []),
    verb,
    name,
    ...(verb === 'stop' && name === 'docker' ? ['docker.socket'] : []),
  ];
}

function unitOf({ description, store }: KnownEngine): string {
  const { connection } = store.state;
  const isPodman =
    description.address.includes('podman') ||
    (connection.phase === 'connected' && connection.version.product === 'Podman');
  const isUser = /\/run\/user\/\d+\//.test(description.address);
  return `${isUser ? '--user ' : ''}${isPodman ? 'podman.socket' : 'docker'}`;
}

/** What to do by hand, where nothing here can do it; undefined where systemd can. */
async function instructions(
  { t, desktop }: Deps,
  { description }: KnownEngine,
  verb: DaemonVerb,
  unit: string,
): Promise<string | undefined> {
  const { name, address, isLocal } = description;
  const command = `sudo systemctl ${systemctlArgs(verb, unit).join(' ')}`;
  if (!isLocal)
    return t('The engine {name} runs on another machine ({address}). Run there: {command}', {
      name,
      address,
      command,
    });
  if (/desktop|\.orbstack|\.colima|\.rd\/|\.lima/.test(address) || desktop.platform !== 'linux')
    return t('The engine {name} belongs to a desktop product. Start and stop it there.', { name });
  if (!(await desktop.hasSystemd()))
    return t(
      'This machine has no systemd, so the daemon cannot be started or stopped from here. Run in a terminal: {command}',
      { command: `sudo service docker ${verb}` },
    );
  return undefined;
}

function confirmDown({ t, prompts }: Deps, engine: KnownEngine, verb: DaemonVerb): Promise<boolean> {
  const running = [...engine.store.state.snapshot.container.values()].filter(isUp);
  const { name } = engine.description;
  return prompts.confirm({
    message:
      verb === 'stop'
        ? t('Stop the daemon of {name}? {count} running containers go down.', { name, count: running.length })
        : t('Restart the daemon of {name}? {count} running containers go down for a while or for good.', {
            name,
            count: running.length,
          }),
    detail: listLines(
      running.map((container) => `${container.name} · ${container.image}`),
      t,
    ),
    action: verb === 'stop' ? t('Stop') : t('Restart'),
  });
}
