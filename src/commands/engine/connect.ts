import { action } from '../verb.ts';
import { chooseEngine } from './chooseEngine.ts';

/** Connects, or tries at once again where it is trying already. Changes nothing outside the editor. */
export const connectEngine = action(async (deps, _signal, args) => {
  await deps.views.rediscover();
  const engine = await chooseEngine(
    deps,
    args,
    deps.t('Connect which engine?'),
    ({ store }) => store.state.connection.phase !== 'connected',
  );
  engine?.store.connect();
  engine?.store.retry();
});
