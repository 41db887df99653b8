import { describeEngine } from '../../model/engineReport.ts';
import { action } from '../verb.ts';
import { chooseEngine } from './chooseEngine.ts';

/** What `docker version` and `docker info` say, as one readable document. */
export const showEngineVersion = action(async (deps, signal, args) => {
  const engine = await chooseEngine(
    deps,
    args,
    deps.t('Show the version of which engine?'),
    ({ store }) => store.state.connection.phase !== 'disconnected',
  );
  if (engine === undefined) return;
  const { name, address } = engine.description;
  const { version, info } = await deps.prompts.progress(deps.t('Asking {name}', { name }), (progressSignal) =>
    engine.store.engine.describe(AbortSignal.any([signal, progressSignal])),
  );
  const lines = describeEngine({ name, address, version, info });
  await deps.panels.openReport(deps.t('Engine {name}', { name }), 'yaml', lines);
});
