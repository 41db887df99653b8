import { action } from '../verb.ts';
import { chooseEngine } from './chooseEngine.ts';

export const disconnectEngine = action(async (deps, _signal, args) => {
  const engine = await chooseEngine(
    deps,
    args,
    deps.t('Disconnect which engine?'),
    ({ store }) => store.state.connection.phase !== 'disconnected',
  );
  engine?.store.disconnect();
});
