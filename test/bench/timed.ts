import { spawn } from 'node:child_process';

/** How long a program takes that nobody reads the output of. */
export async function timed(program: string, args: readonly string[]): Promise<number> {
  const begin = performance.now();
  const child = spawn(program, args, { stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${String(code)}`));
    });
  });
  return performance.now() - begin;
}
