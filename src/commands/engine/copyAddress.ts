import { action } from '../verb.ts';
import { chooseEngine } from './chooseEngine.ts';

export const copyEngineAddress = action(async (deps, _signal, args) => {
  const engine = await chooseEngine(deps, args, deps.t('Copy the address of which engine?'));
  if (engine !== undefined) await deps.desktop.copy(engine.description.address);
});
