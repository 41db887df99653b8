export interface Network {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly scope: string;
  readonly subnets: readonly string[];
  readonly isInternal: boolean;
  readonly createdAt: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** The networks an engine makes for itself and never lets go (`podman` is Podman's own bridge). */
export function isPredefined(network: Network): boolean {
  return ['bridge', 'host', 'none', 'podman', 'ingress', 'docker_gwbridge'].includes(network.name);
}
