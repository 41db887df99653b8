/** Who asks a registry: a name with its password, or a token that stands for both. Good for that registry alone. */
export interface RegistryAuth {
  /** As in references: `docker.io`, `localhost:5000`. */
  readonly registry: string;
  readonly credential:
    | { readonly kind: 'password'; readonly username: string; readonly password: string }
    | { readonly kind: 'identityToken'; readonly token: string };
}

/** One that was found somewhere. */
export interface FoundAuth {
  readonly auth: RegistryAuth;
  /** In the editor's own secret storage, where we may drop it when it is refused. */
  readonly isKept: boolean;
}

/** Where a login is kept: by a credential helper, in the docker config, or in the editor's secret storage. */
export type LoginStore = 'helper' | 'dockerConfig' | 'editor';
