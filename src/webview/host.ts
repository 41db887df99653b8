import { toDisposable } from '../base/lifecycle.ts';
import {
  Channel,
  type Contract,
  type PageChannel,
  type PageHandlers,
  type Port,
} from '../protocol/channel.ts';

/** What the editor gives to a page, once. */
export interface HostApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  /** Kept over a reload of the window: navigation, and what somebody has typed; never content. */
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): HostApi;

export function acquireHost(): HostApi {
  return acquireVsCodeApi();
}

/** The page's end of what it and its host say to each other; what does not fit shows among the page's errors. */
export function pageChannel<C extends Contract>(
  host: HostApi,
  events: PageHandlers<C>['events'],
): PageChannel<C> {
  return new Channel(hostPort(host), { requests: {}, events }, (what) => {
    reportError(new Error(`refused ${what}`));
  });
}

function hostPort(host: HostApi): Port {
  return {
    post: (message) => {
      host.postMessage(message);
    },
    onMessage: (listener) => {
      const onMessage = ({ data }: MessageEvent<unknown>): void => {
        listener(data);
      };
      window.addEventListener('message', onMessage);
      return toDisposable(() => {
        window.removeEventListener('message', onMessage);
      });
    },
  };
}
