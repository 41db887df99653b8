import type { Deps } from '../deps.ts';

/** What most images are made for. */
const usualPlatforms = [
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/arm/v6',
  'linux/386',
  'linux/ppc64le',
  'linux/s390x',
  'linux/riscv64',
  'windows/amd64',
] as const;

/** `os/architecture[/variant]`; undefined when the user turned away. */
export async function choosePlatform({ t, prompts }: Deps): Promise<string | undefined> {
  const question = t('For which platform?');
  const chosen = await prompts.pickOne(question, [
    ...usualPlatforms.map((platform) => ({ value: platform, label: platform })),
    { value: 'other', label: t('Another One…') },
  ]);
  if (chosen !== 'other') return chosen;
  return prompts.input({
    title: question,
    value: 'linux/',
    problem: (text) =>
      /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9]+)?$/.test(text)
        ? undefined
        : t('A platform is an operating system, an architecture and maybe a variant: linux/arm/v7.'),
  });
}
