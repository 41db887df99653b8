import { type DockerfileInstruction, dockerfileInstructions } from './dockerfile.ts';
import type { ImageLayers } from './imageLayers.ts';
import { instructionText } from './instructionText.ts';
import { stepOfLayer } from './layerSteps.ts';

/** A line of a Dockerfile whose step hides bytes of earlier steps, which stay in the image. */
export interface WastefulLine {
  /** From 0. */
  readonly line: number;
  readonly sizeBytes: number;
  /** Lines that put the bytes there; those of the base image have none. */
  readonly from: readonly { readonly line: number; readonly sizeBytes: number }[];
}

/** The lines that waste at least so many bytes; none when the image was not surely built from this Dockerfile. */
export function dockerfileWaste(
  text: string,
  layers: ImageLayers,
  minBytes: number,
): readonly WastefulLine[] {
  const lines = linesOfSteps(text, layers);
  if (lines === undefined) return [];
  const lineOf = (layer: number): number | undefined => lines.get(stepOfLayer(layers, layer));
  const found = new Map<
    number,
    { line: number; sizeBytes: number; from: { line: number; sizeBytes: number }[] }
  >();
  for (const { layer, hiddenBy, sizeBytes } of layers.hidings) {
    const line = lineOf(hiddenBy);
    if (line === undefined) continue;
    const wasteful = found.get(line) ?? { line, sizeBytes: 0, from: [] };
    found.set(line, wasteful);
    wasteful.sizeBytes += sizeBytes;
    const origin = lineOf(layer);
    if (origin !== undefined) wasteful.from.push({ line: origin, sizeBytes });
  }
  return [...found.values()].filter(({ sizeBytes }) => sizeBytes >= minBytes);
}

/** By the number of the step; undefined unless each instruction of a stage is a step, one after the other, up to the last. */
function linesOfSteps(text: string, { steps }: ImageLayers): ReadonlyMap<number, number> | undefined {
  const history = steps.map(({ instruction }) => instructionText(instruction));
  // The classic builder writes what the command line said of labels behind the last instruction.
  const end = history.findLastIndex((step) => !step.startsWith('LABEL ')) + 1;
  for (const stage of stagesOf(text).reverse())
    for (const last of new Set([history.length, end])) {
      const first = last - stage.length;
      const isWhole = first >= 0 && stage.every((each, at) => isSame(each, history[first + at] ?? ''));
      // Without a command of its own a stage looks like many others.
      if (isWhole && stage.some(({ keyword }) => keyword === 'RUN'))
        return new Map(stage.map(({ line }, at) => [first + at, line]));
    }
  return undefined;
}

/** The instructions of each stage behind its FROM, with those of the stage that it is made from. */
function stagesOf(text: string): DockerfileInstruction[][] {
  const stages: DockerfileInstruction[][] = [];
  const named = new Map<string, DockerfileInstruction[]>();
  for (const instruction of dockerfileInstructions(text)) {
    if (instruction.keyword !== 'FROM') {
      stages.at(-1)?.push(instruction);
      continue;
    }
    const [base = '', as, alias] = instruction.words.filter((word) => !word.startsWith('--'));
    const stage = [...(named.get(base.toLowerCase()) ?? [])];
    stages.push(stage);
    if (as?.toLowerCase() === 'as' && alias !== undefined) named.set(alias.toLowerCase(), stage);
  }
  return stages;
}

/** Commands are written down word for word; of the rest builders resolve paths and variables, and their kind must do. */
function isSame({ keyword, rest, words }: DockerfileInstruction, step: string): boolean {
  if (!step.startsWith(`${keyword} `)) return false;
  if (keyword !== 'RUN') return true;
  const command = rest.trim().startsWith('--') || rest.trim().startsWith('[') ? withoutFlags(words) : rest;
  return squeezed(command) === squeezed(step.slice('RUN '.length));
}

function withoutFlags(words: readonly string[]): string {
  const first = words.findIndex((word) => !word.startsWith('--'));
  return words.slice(Math.max(0, first)).join(' ');
}

/** However it was indented, and on however many lines. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
