import { expect, it } from 'vitest';
import { AttachedContainers } from '../../../../src/ui/terminals/attachedContainers.ts';

it('removes with the window what still runs in its terminals, whatever fails', async () => {
  const attached = new AttachedContainers();
  const removed: string[] = [];
  attached.add('broken', () => Promise.reject(new Error('gone')));
  for (const id of ['a', 'b', 'over'])
    attached.add(id, () => {
      removed.push(id);
      return Promise.resolve();
    });
  attached.delete('over');
  await attached.discardAll();
  await attached.discardAll();
  expect(removed).toEqual(['a', 'b']);
});
