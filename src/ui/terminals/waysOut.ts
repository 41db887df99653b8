import * as vscode from 'vscode';
import type { Localize } from '../../base/localize.ts';
import { printObjectRef } from '../../model/identity.ts';
import type { FollowedContainer } from './containerNews.ts';
import type { Offer } from './terminalProgram.ts';

/** For a container without a shell: commands that need none. */
export function waysOut(container: FollowedContainer, t: Localize): readonly Offer[] {
  const run = (command: string) => async (): Promise<'stay'> => {
    await vscode.commands.executeCommand(command, printObjectRef(container.ref));
    return 'stay';
  };
  return [
    {
      key: 'D',
      label: t('Open a shell of another image that shares its processes and network'),
      run: run('quayside.container.debug'),
    },
    { key: 'A', label: t('Attach to its main process'), run: run('quayside.container.attach') },
    { key: 'F', label: t('Open one of its files'), run: run('quayside.files.openPath') },
  ];
}
