import type { Container } from './container.ts';
import { type ObjectRef, parseObjectRef, printObjectRef } from './identity.ts';

/** Which containers a panel is about: certain ones, or all that a compose project or service has, now and later. */
export type ContainerScope =
  | { readonly kind: 'containers'; readonly refs: readonly ObjectRef[] }
  | {
      readonly kind: 'compose';
      readonly engineId: string;
      readonly project: string;
      /** Undefined: all services. */
      readonly service: string | undefined;
    };

const composeMark = 'compose';
const separator = '\n';

/** One text for one scope, also over a reload of the window. */
export function printContainerScope(scope: ContainerScope): string {
  if (scope.kind === 'containers') return scope.refs.map(printObjectRef).sort().join(separator);
  const parts = [
    scope.engineId,
    composeMark,
    scope.project,
    ...(scope.service === undefined ? [] : [scope.service]),
  ];
  return parts.map(encodeURIComponent).join('/');
}

/** Undefined for a text that names no scope. */
export function parseContainerScope(text: string): ContainerScope | undefined {
  const [engineId, mark, project, service] = text.split('/').map(decode);
  if (engineId !== undefined && mark === composeMark && project !== undefined)
    return { kind: 'compose', engineId, project, service };
  const refs = text.split(separator).map(parseObjectRef);
  const containers = refs.filter((ref) => ref?.kind === 'container');
  return containers.length > 0 && containers.length === refs.length
    ? { kind: 'containers', refs: containers.filter((ref) => ref !== undefined) }
    : undefined;
}

/** Whether a container of an engine belongs to the scope. */
export function isInScope(scope: ContainerScope, engineId: string, container: Container): boolean {
  if (scope.kind === 'containers')
    return scope.refs.some((ref) => ref.engineId === engineId && ref.id === container.id);
  return (
    scope.engineId === engineId &&
    container.compose?.project === scope.project &&
    (scope.service === undefined || container.compose.service === scope.service)
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
