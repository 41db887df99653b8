import { describe, expect, it } from 'vitest';
import { dockerfileInstructions } from '../../../src/model/dockerfile.ts';
import {
  baseImages,
  dockerfileStages,
  lineOfClassicStep,
  lineOfVertex,
  stageNameAt,
} from '../../../src/model/dockerfileStages.ts';

const file = `# syntax=docker/dockerfile:1
ARG VERSION=1
FROM --platform=linux/amd64 node:22 AS Builder
ENV A=1
WORKDIR /app
# between
COPY package.json \\
     # inside
     lock.json ./
RUN <<EOF
COPY this is no instruction
EOF
FROM builder AS tests
RUN npm test
FROM scratch
COPY --from=builder /app /app
COPY --from=ghcr.io/owner/tools:2 /tool /tool
FROM alpine:\${VERSION}
RUN --mount=from=busybox,target=/b true
`;

const line = (text: string): number => file.split('\n').findIndex((each) => each.startsWith(text));

describe('instructions', () => {
  it('know their lines, here-documents and joined lines among them', () => {
    const found = dockerfileInstructions(file).map((each) => [each.keyword, each.line, each.endLine]);
    expect(found.slice(4, 7)).toEqual([
      ['COPY', 6, 8],
      ['RUN', 9, 11],
      ['FROM', 12, 12],
    ]);
  });

  it('may go on with a backtick where the file says so', () => {
    const [run] = dockerfileInstructions('# escape=`\nRUN dir `\n  C:\\\nCMD a');
    expect(run).toMatchObject({ keyword: 'RUN', line: 1, endLine: 2, words: ['dir', 'C:\\'] });
  });
});

describe('stages', () => {
  it('have a name, a base and a line', () => {
    expect(dockerfileStages(file).map(({ name, base }) => [name, base])).toEqual([
      ['Builder', 'node:22'],
      ['tests', 'builder'],
      [undefined, 'scratch'],
      [undefined, 'alpine:${VERSION}'],
    ]);
  });

  it('are called by name or number where there are several', () => {
    expect(stageNameAt(file, line('RUN npm'))).toBe('tests');
    expect(stageNameAt(file, line('COPY --from=builder'))).toBe('stage-2');
    expect(stageNameAt('FROM a\nRUN b', 1)).toBeUndefined();
  });

  it('begin with images that are to be had somewhere', () => {
    expect(baseImages(file)).toEqual(['node:22', 'ghcr.io/owner/tools:2', 'busybox']);
  });
});

describe('the line of a step', () => {
  it.each([
    ['[builder 1/4] FROM docker.io/library/node:22', 'FROM --platform'],
    ['[builder 2/4] WORKDIR /app', 'WORKDIR'],
    ['[builder 3/4] COPY package.json lock.json ./', 'COPY package'],
    ['[builder 4/4] RUN <<EOF (COPY this…)', 'RUN <<EOF'],
    ['[linux/arm64 builder 2/4] WORKDIR /app', 'WORKDIR'],
    // What begins with another stage, or with nothing, has no step for its FROM.
    ['[tests 1/1] RUN npm test', 'RUN npm'],
    ['[stage-2 1/2] COPY --from=builder /app /app', 'COPY --from=builder'],
    ['[internal] load metadata for docker.io/library/node:22', 'FROM --platform'],
    ['[internal] load metadata for ghcr.io/owner/tools:2', 'COPY --from=ghcr.io'],
    ['resolve image config for docker-image://docker.io/docker/dockerfile:1', '# syntax'],
  ])('%s', (name, start) => {
    expect(lineOfVertex(file, name)).toBe(line(start));
  });

  it.each([
    '[internal] load build context',
    '[builder 9/9] RUN x',
    '[nobody 1/2] RUN x',
    'exporting to image',
  ])('%s is nowhere', (name) => {
    expect(lineOfVertex(file, name)).toBeUndefined();
  });

  it('of the only stage needs no name', () => {
    expect(lineOfVertex('FROM a\nRUN b', '[2/2] RUN b')).toBe(1);
    expect(lineOfVertex('FROM a\nRUN b', '[stage-0 2/2] RUN b')).toBe(1);
    expect(lineOfVertex('FROM a\nRUN b', '[linux/amd64 2/2] RUN b')).toBe(1);
  });

  it('of the classic builder is that of the instruction it has got to', () => {
    expect(lineOfClassicStep(file, 1)).toBe(line('ARG'));
    expect(lineOfClassicStep(file, 3)).toBe(line('ENV'));
  });
});
