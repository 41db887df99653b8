import { object } from '../../../base/json.ts';
import type { KeptSettings } from './createBody.ts';

/** What engines set in every container. */
const usualHostConfig: Readonly<Record<string, readonly unknown[]>> = {
  ShmSize: [64 * 1024 * 1024],
  IpcMode: ['private', 'shareable', 'host'],
  CgroupnsMode: ['private', 'host'],
  Cgroup: ['private'],
  Runtime: ['runc', 'crun', 'oci'],
};
const settingsOfEngine = new Set(['MaskedPaths', 'ReadonlyPaths', 'ConsoleSize', 'Isolation']);

/** The engine's words for what is kept and was set by somebody: `CapAdd`, `Healthcheck`. */
export function namesOfKept({ config, hostConfig }: KeptSettings): readonly string[] {
  const isUsual = ([key, value]: [string, unknown]): boolean =>
    settingsOfEngine.has(key) ||
    usualHostConfig[key]?.includes(value) === true ||
    (key === 'LogConfig' && Object.keys(object(object(value)['Config'])).length === 0);
  return [
    ...Object.keys(config),
    ...Object.entries(hostConfig)
      .filter((each) => !isUsual(each))
      .map(([key]) => key),
  ];
}
