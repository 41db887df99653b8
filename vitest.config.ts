import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a project's tests share: real engines, a real workbench. Started once for the whole run. */
const setupOf = (project: string): { globalSetup?: string } => {
  const setup = at(`test/${project}/setup.ts`);
  return existsSync(setup) ? { globalSetup: setup } : {};
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // No module keeps a state, so that none need be loaded anew for each file: half the time.
          isolate: false,
          // What needs the editor is not a unit: importing it fails.
          alias: { vscode: at('test/support/throwingVscode.ts') },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          ...setupOf('integration'),
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'pages',
          include: ['test/pages/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          ...setupOf('e2e'),
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
