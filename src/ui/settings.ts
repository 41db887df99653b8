import * as vscode from 'vscode';
import type { Event } from '../base/event.ts';
import type { Settings } from '../commands/deps.ts';

/** Every setting with its type. Defaults stand in `package.json` alone; a test compares both. */
export interface SettingTypes {
  'quayside.engine.address': string;
  'quayside.engine.helloWorldImage': string;
  'quayside.containers.confirmRemoval': boolean;
  'quayside.containers.stopTimeout': number;
  'quayside.containers.showBadge': boolean;
  'quayside.containers.showStats': boolean;
  'quayside.images.checkForNewer': string;
  'quayside.logs.diskBudget': number;
  'quayside.build.builder': string;
  'quayside.registries.list': readonly string[];
  'quayside.shell.preferred': readonly string[];
}

/** Where the editor does not say. */
const usualScrollback = 1000;

export type SettingKey = keyof SettingTypes;

/** Read at use, so that a change needs no reload. */
export function getSetting<K extends SettingKey>(key: K): SettingTypes[K] {
  const value = vscode.workspace.getConfiguration().get<SettingTypes[K]>(key);
  if (value === undefined) throw new Error(`the manifest has no default for ${key}`);
  return value;
}

export function onDidChangeSetting(key: SettingKey): Event<void> {
  return (listener) =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(key)) listener();
    });
}

/** How many lines the editor's terminals keep. */
export function terminalScrollback(): number {
  const lines: unknown = vscode.workspace.getConfiguration('terminal.integrated')['scrollback'];
  return typeof lines === 'number' ? lines : usualScrollback;
}

/** The settings as the commands take them. */
export function createSettings(): Settings {
  return {
    helloWorldImage: () => getSetting('quayside.engine.helloWorldImage'),
    registries: () => getSetting('quayside.registries.list'),
    setRegistries: async (list) => {
      const { Global } = vscode.ConfigurationTarget;
      await vscode.workspace.getConfiguration().update('quayside.registries.list', list, Global);
    },
    confirmRemoval: () => getSetting('quayside.containers.confirmRemoval'),
    stopTimeoutSeconds: () => {
      const seconds = getSetting('quayside.containers.stopTimeout');
      return seconds < 0 ? undefined : seconds;
    },
  };
}
