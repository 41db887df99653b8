import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Endpoint, printEndpoint } from './endpoint.ts';

/** What steers the docker CLI to an engine. */
const steering = ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_TLS', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'];

/**
 * The environment in which the docker CLI and its plugins speak to an endpoint, whatever context is chosen. Certificates
 * are written below `folder`, which is the caller's to delete.
 */
export async function cliEnvironment(
  endpoint: Endpoint,
  env: NodeJS.ProcessEnv,
  folder: string,
): Promise<NodeJS.ProcessEnv> {
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !steering.includes(name)));
  const own = { ...rest, DOCKER_HOST: printEndpoint(endpoint) };
  if (endpoint.kind !== 'tcp' || endpoint.tls === undefined) return own;
  const { skipVerify, ...material } = endpoint.tls;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, pem] of Object.entries(material))
    await writeFile(join(folder, `${name}.pem`), pem, { mode: 0o600 });
  return {
    ...own,
    DOCKER_CERT_PATH: folder,
    ...(skipVerify ? { DOCKER_TLS: '1' } : { DOCKER_TLS_VERIFY: '1' }),
  };
}
