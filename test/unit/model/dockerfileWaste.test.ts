import { describe, expect, test } from 'vitest';
import { dockerfileWaste } from '../../../src/model/dockerfileWaste.ts';
import type { ImageLayers } from '../../../src/model/imageLayers.ts';

const dockerfile = `# A comment.
FROM debian:13 AS base
ENV A=1
RUN apt-get update && \\
    apt-get install --yes make

FROM base
WORKDIR app
COPY --chown=5 . .
RUN --mount=type=cache,target=/x \\
  # within
  rm -rf /var/lib/apt
CMD ["sh"]
`;

const history = [
  '/bin/sh -c #(nop) ADD file:abc in / ',
  '/bin/sh -c #(nop)  CMD ["bash"]',
  'ENV A=1',
  'RUN /bin/sh -c apt-get update &&     apt-get install --yes make # buildkit',
  'WORKDIR /app',
  'COPY . . # buildkit',
  'RUN /bin/sh -c rm -rf /var/lib/apt # buildkit',
  'CMD ["sh"]',
];

/** ADD, both RUN, WORKDIR and COPY make layers: 0 to 4. */
function image(instructions = history): ImageLayers {
  let layer = 0;
  const counts = { added: 0, changed: 0, rewritten: 0, removed: 0 };
  const steps = instructions.map((instruction) => ({
    instruction,
    createdAt: undefined,
    layer: /ADD|RUN|sh -c (?!#)|WORKDIR|COPY/.test(instruction) ? layer++ : undefined,
  }));
  return {
    platform: '',
    layers: Array.from({ length: layer }, () => ({
      diffId: '',
      sizeBytes: 9,
      changes: counts,
      hiddenBytes: 0,
      hidingBytes: 0,
    })),
    steps,
    sizeBytes: 9,
    waste: { wastedBytes: 0, efficiency: 1, userWastedRatio: 0 },
    hidings: [
      { layer: 1, hiddenBy: 4, sizeBytes: 500 },
      { layer: 0, hiddenBy: 4, sizeBytes: 70 },
      { layer: 0, hiddenBy: 1, sizeBytes: 3 },
    ],
  };
}

describe('the waste of a Dockerfile’s lines', () => {
  test('is at the line that hides the bytes, with the lines that they came from', () => {
    expect(dockerfileWaste(dockerfile, image(), 1)).toEqual([
      { line: 9, sizeBytes: 570, from: [{ line: 3, sizeBytes: 500 }] },
      { line: 3, sizeBytes: 3, from: [] },
    ]);
  });

  test('is left out where it is little', () => {
    expect(dockerfileWaste(dockerfile, image(), 100).map(({ line }) => line)).toEqual([9]);
  });

  test('is found behind build arguments, and before labels of the command line', () => {
    const changed = history.map((step) => step.replace('RUN /bin/sh', 'RUN |2 A=1 B=two words /bin/sh'));
    expect(dockerfileWaste(dockerfile, image([...changed, 'LABEL x=y']), 100)).toHaveLength(1);
  });

  test('is found when a stage before the last one was built', () => {
    const built = image(history.slice(0, 4));
    expect(dockerfileWaste(dockerfile, built, 1).map(({ line }) => line)).toEqual([3]);
  });

  test.each([
    ['a command was changed', dockerfile.replace('make', 'cmake')],
    ['an instruction was added', dockerfile.replace('CMD', 'USER me\nCMD')],
    ['an instruction is of another kind', dockerfile.replace('ENV A=1', 'ARG A=1')],
    ['there is nothing in it', ''],
    ['no command tells it from others', 'FROM debian:13\nCMD ["sh"]\n'],
  ])('is not guessed: %s', (_why, text) => {
    expect(dockerfileWaste(text, image(), 1)).toEqual([]);
  });
});
