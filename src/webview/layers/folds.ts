import type { Folding } from '../../model/imageLayers.ts';
import { maxFolded } from '../../protocol/layers.ts';

/** Which folders are open in one kind of tree. */
export class Folds {
  private isOpen: boolean;
  private readonly except = new Set<string>();

  constructor(isOpen: boolean) {
    this.isOpen = isOpen;
  }

  get folding(): Folding {
    return { isOpen: this.isOpen, except: [...this.except] };
  }

  set(path: string, isOpen: boolean): void {
    if (isOpen === this.isOpen) this.except.delete(path);
    // Nobody opens so many by hand.
    else if (this.except.size < maxFolded) this.except.add(path);
  }

  setAll(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.except.clear();
  }

  /** So that the path shows. */
  openAbove(path: string): void {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
      this.set(path.slice(0, slash), true);
  }
}
