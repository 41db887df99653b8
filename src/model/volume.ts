export interface Volume {
  readonly name: string;
  readonly driver: string;
  readonly mountpoint: string;
  /** Undefined when the engine does not say (old engines, some drivers). */
  readonly createdAt: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** Docker names a volume that nobody named by 64 hexadecimal digits. */
export function isAnonymous(volume: Volume): boolean {
  return /^[0-9a-f]{64}$/.test(volume.name);
}
