import { action } from '../verb.ts';

/** Lists again. The views are live without it; it is there for doubts. */
export const refreshViews = action(async ({ engines, prompts, t }) => {
  await prompts.progress(t('Reading again'), async () => {
    await Promise.all(engines.active.map(({ store }) => store.refresh()));
  });
});
