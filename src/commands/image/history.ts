import { imageHistoryLines } from '../../model/imageHistory.ts';
import { verb } from '../verb.ts';

/** What `docker history` says, as a document; what is in the layers is in the panel of layers. */
export const showImageHistory = verb('image', {
  question: ({ t }) => t('Show the history of which images?'),
  plan: ({ t, panels, clock }) => ({
    title: t('Reading history'),
    failed: (name) => t('Could not read the history of {name}', { name }),
    perform: async ({ ref, name, owner }, signal) => {
      const steps = await owner.store.engine.imageHistory(ref.id, signal);
      const title = t('History of {name}', { name });
      await panels.openReport(title, 'plaintext', imageHistoryLines(steps, clock.now(), t));
    },
  }),
});
