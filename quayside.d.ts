/**
 * What `vscode.extensions.getExtension<QuaysideApi>('quayside.quayside')?.activate()` resolves with. Read-only: to act,
 * call the commands (`vscode.commands.executeCommand('quayside.container.stop', 'web')`).
 */
export interface QuaysideApi {
  /** Rises when something is taken away or changes its meaning; additions keep it. */
  readonly version: 1;
  /** The engines that the user wants to see, best first. */
  readonly engines: readonly QuaysideEngine[];
  /** After every change of the list or of one engine. */
  readonly onDidChange: (listener: () => void) => { dispose(): void };
}

export interface QuaysideEngine {
  /** The first part of every object's identity, `engineId/kind/id`. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly phase: 'disconnected' | 'connecting' | 'connected' | 'unreachable';
  /** The objects as last known. Images, volumes and networks are there once something showed them. */
  readonly snapshot: QuaysideSnapshot;
}

export interface QuaysideSnapshot {
  readonly containers: readonly QuaysideContainer[];
  readonly images: readonly {
    readonly id: string;
    readonly tags: readonly string[];
    readonly sizeBytes: number;
  }[];
  readonly volumes: readonly { readonly name: string; readonly driver: string }[];
  readonly networks: readonly { readonly id: string; readonly name: string; readonly driver: string }[];
}

export interface QuaysideContainer {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly health: 'starting' | 'healthy' | 'unhealthy' | undefined;
  readonly labels: Readonly<Record<string, string>>;
}
