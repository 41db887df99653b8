import type { BuildSpec, StepFacts } from '../../src/model/build.ts';

export function buildSpec(changes: Partial<BuildSpec> = {}): BuildSpec {
  return {
    dockerfile: '/w/Dockerfile',
    context: '/w',
    tags: ['app:1'],
    target: undefined,
    buildArgs: {},
    labels: {},
    platforms: [],
    secrets: [],
    cacheFrom: [],
    cacheTo: [],
    noCache: false,
    pull: false,
    push: false,
    ...changes,
  };
}

export function stepFacts(changes: Partial<StepFacts> = {}): StepFacts {
  return {
    id: 'a',
    label: '1/2',
    name: 'FROM busybox',
    line: 0,
    startedAt: undefined,
    endedAt: undefined,
    isCached: false,
    error: '',
    ...changes,
  };
}
