import { type RestartPolicy, restartNames } from './runOptions.ts';

/* A restart policy as the docker CLI writes it: `always`, `on-failure:3`. */

export function parseRestart(text: string): RestartPolicy | undefined {
  const [word, retries = ''] = text.split(':');
  const name = restartNames.find((each) => each === (word === '' ? 'no' : word));
  if (name === undefined || (retries !== '' && (name !== 'on-failure' || !/^\d+$/.test(retries))))
    return undefined;
  return { name, maxRetries: Number(retries) };
}

export function printRestart({ name, maxRetries }: RestartPolicy): string {
  return name === 'on-failure' && maxRetries > 0 ? `${name}:${String(maxRetries)}` : name;
}
