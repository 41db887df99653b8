import type { Clock } from '../base/async.ts';
import { list, number, object, text, time, type JsonObject } from '../base/json.ts';
import { dockerHub, isDigest, isRepository, isTag } from '../model/imageReference.ts';
import type { ListedName, Page, Platform, TagDetails } from '../model/registry.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';
import { RegistryError } from '../model/registryError.ts';
import type { Exchange } from './http.ts';
import { toPlatform } from './manifest.ts';
import { HubLogin } from './hubLogin.ts';
import type { RegistryClient } from './registryClient.ts';
import { failureOfAnswer, failureOfExchange } from './registryFailure.ts';

const hubApi = 'https://hub.docker.com';
const pageLength = 100;
const maxBytes = 16_000_000;

interface HubOptions {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly preferred: Platform;
  /** Docker Hub's registry proper, as the same person. */
  readonly registry: RegistryClient;
  readonly credential: RegistryAuth['credential'] | undefined;
}

/**
 * Docker Hub, whose registry lists no repositories, and counts each manifest that is read as a pull: lists and details
 * come from its own API, which shows what is public, and what is private to who may see it.
 */
export class HubClient implements RegistryClient {
  private readonly options: HubOptions;
  private readonly login: HubLogin;

  constructor(options: HubOptions) {
    this.options = options;
    this.login = new HubLogin(options);
  }

  ping(signal: AbortSignal): Promise<void> {
    return this.options.registry.ping(signal);
  }

  async repositories(
    namespace: string,
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<string>> {
    const path =
      cursor ??
      `/v2/namespaces/${encodeURIComponent(namespace)}/repositories?page_size=${String(pageLength)}`;
    const { results, next } = await this.page(path, signal);
    const names = results.map((each) => `${namespace}/${text(each['name'])}`).filter(isRepository);
    return { items: names, next };
  }

  async tags(repository: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<ListedName>> {
    const path = cursor ?? `${tagsPath(repository)}?page_size=${String(pageLength)}`;
    const { results, next } = await this.page(path, signal);
    const items = results.flatMap((each) => {
      const name = text(each['name']);
      return isTag(name) ? [{ name, details: this.toDetails(each) }] : [];
    });
    return { items, next };
  }

  digest(repository: string, tag: string, signal: AbortSignal): Promise<string> {
    // To look at a manifest's head is no pull.
    return this.options.registry.digest(repository, tag, signal);
  }

  async details(repository: string, tag: string, signal: AbortSignal): Promise<TagDetails> {
    return this.toDetails(
      object(await this.read(`${tagsPath(repository)}/${encodeURIComponent(tag)}`, signal)),
    );
  }

  deleteManifest(): Promise<void> {
    return Promise.reject(
      new RegistryError('undeletable', dockerHub, 'Docker Hub deletes tags on its web pages only'),
    );
  }

  private toDetails(tag: JsonObject): TagDetails {
    const { preferred } = this.options;
    const images = list(tag['images'])
      .map(object)
      .map((image) => ({
        platform: toPlatform(image),
        sizeBytes: number(image['size']),
        digest: text(image['digest']),
      }))
      .filter(({ platform }) => platform.os !== 'unknown' && platform.os !== '');
    const image =
      images.find(
        ({ platform }) => platform.os === preferred.os && platform.architecture === preferred.architecture,
      ) ?? images[0];
    const digest = text(tag['digest']) || (image?.digest ?? '');
    return {
      digest: isDigest(digest) ? digest : '',
      sizeBytes: image?.sizeBytes,
      platforms: images.map(({ platform }) => platform),
      createdAt: time(tag['tag_last_pushed']) ?? time(tag['last_updated']),
      mediaType: text(tag['media_type']),
    };
  }

  private async page(path: string, signal: AbortSignal) {
    const json = object(await this.read(path, signal));
    if (!Array.isArray(json['results']))
      throw new RegistryError('foreign', dockerHub, 'an answer without “results”');
    const next = text(json['next']);
    const url = URL.canParse(next) ? new URL(next) : undefined;
    const isFurther = url?.origin === hubApi && url.pathname + url.search !== path;
    return {
      results: list(json['results']).map(object),
      next: isFurther ? url.pathname + url.search : undefined,
    };
  }

  private async read(path: string, signal: AbortSignal): Promise<unknown> {
    const { exchange, clock } = this.options;
    const ask = async () => {
      const headers = await this.login.headers(signal);
      return exchange({ method: 'GET', url: new URL(path, hubApi), headers, maxBytes }, signal);
    };
    const answer = await ask().catch((error: unknown) => {
      throw failureOfExchange(dockerHub, error);
    });
    if (answer.status !== 200) throw failureOfAnswer(dockerHub, answer, clock.now());
    try {
      return JSON.parse(answer.body.toString('utf8'));
    } catch (error) {
      throw new RegistryError('foreign', dockerHub, 'an answer that is not JSON', { cause: error });
    }
  }
}

function tagsPath(repository: string): string {
  const [namespace = '', ...rest] = repository.split('/').map(encodeURIComponent);
  return `/v2/namespaces/${namespace}/repositories/${rest.join('/')}/tags`;
}
