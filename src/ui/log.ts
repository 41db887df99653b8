import type * as vscode from 'vscode';
import type { Logger } from '../base/logger.ts';

/** The extension's log channel as the inner layers know it; a cause is written with its own causes. */
export function createLogger(channel: vscode.LogOutputChannel): Logger {
  return {
    debug: (message) => {
      channel.debug(message);
    },
    info: (message) => {
      channel.info(message);
    },
    warn: (message) => {
      channel.warn(message);
    },
    error: (message, cause) => {
      channel.error(cause === undefined ? message : `${message}\n${causeChain(cause)}`);
    },
  };
}

function causeChain(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const own = cause.stack ?? `${cause.name}: ${cause.message}`;
  return cause.cause === undefined ? own : `${own}\ncaused by: ${causeChain(cause.cause)}`;
}
