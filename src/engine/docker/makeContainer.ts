import type { RunOptions } from '../../model/runOptions.ts';
import type { Connection } from './connection.ts';
import { createBody, endpointConfig, type KeptSettings } from './records/createBody.ts';

/** Makes a container that is in all its networks: old engines take only one with the request. */
export async function makeContainer(
  connection: Connection,
  options: RunOptions,
  kept: KeptSettings,
  signal: AbortSignal,
): Promise<string> {
  const { name, platform, networks } = options;
  const request = {
    _query: { ...(name === '' ? {} : { name }), ...(platform === '' ? {} : { platform }) },
    _body: createBody(options, kept),
  };
  // A container that does not run is put into any network, and fails at its start where there is none of that name.
  for (const network of networks.slice(1)) await connection.quick(signal).getNetwork(network.name).inspect();
  // The split into query and body is dockerode's own, but its types leave it out.
  const { id } = await connection.patient(signal).createContainer(request as object);
  try {
    for (const network of networks.slice(1))
      await connection
        .quick(signal)
        .getNetwork(network.name)
        .connect({ Container: id, EndpointConfig: endpointConfig(network, kept) });
  } catch (error) {
    // Also when the signal has ended the work.
    await connection
      .quick(new AbortController().signal)
      .getContainer(id)
      .remove({ force: true, v: true })
      .catch(() => undefined);
    throw error;
  }
  return id;
}
