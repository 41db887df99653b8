/** One line of the classic builder's stream. */
export type BuildMessage =
  /** What it prints, and what its commands print, in the pieces in which it comes. */
  | { readonly kind: 'text'; readonly text: string }
  /** The image that it has got to. */
  | { readonly kind: 'image'; readonly imageId: string }
  /** A layer of a base image on its way. */
  | {
      readonly kind: 'layer';
      readonly layerId: string;
      readonly status: string;
      readonly currentBytes: number;
      readonly totalBytes: number;
    }
  /** The last one, if it failed; with the code that a command ended with. */
  | { readonly kind: 'failure'; readonly message: string; readonly exitCode: number | undefined };
