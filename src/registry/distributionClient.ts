import { list, object, text, time } from '../base/json.ts';
import { isDigest, isRepository, isTag } from '../model/imageReference.ts';
import type { ListedName, Page, Platform, TagDetails } from '../model/registry.ts';
import { RegistryError } from '../model/registryError.ts';
import { compareNames } from '../model/tree/order.ts';
import { hasDigest, sha256 } from './contentDigest.ts';
import { manifestTypes, readManifest, toPlatform } from './manifest.ts';
import { nextPage } from './nextPage.ts';
import type { RegistryClient } from './registryClient.ts';
import type { RegistryAnswer, RegistryConnection } from './registryConnection.ts';

/** A page is what a person reads before asking for more. */
export const pageLength = 100;

/** Some registries send all of their names at once, whatever was asked for. */
const maxListBytes = 16_000_000;

/** Distribution's own bound. */
const maxManifestBytes = 4_194_304;
const maxConfigBytes = 8_388_608;

/** The distribution API (`/v2/`), of Docker's registry and all that are like it. */
export class DistributionClient implements RegistryClient {
  private readonly connection: RegistryConnection;
  /** Whose size and date stand for an image of several platforms. */
  private readonly preferred: Platform;

  constructor(connection: RegistryConnection, preferred: Platform) {
    this.connection = connection;
    this.preferred = preferred;
  }

  async ping(signal: AbortSignal): Promise<void> {
    await this.connection.send({ method: 'GET', path: '/v2/', scope: '', maxBytes: 1_000_000 }, signal);
  }

  async repositories(_scope: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<string>> {
    const path = cursor ?? `/v2/_catalog?n=${String(pageLength)}`;
    const scope = 'registry:catalog:*';
    try {
      const answer = await this.connection.send(
        { method: 'GET', path, scope, maxBytes: maxListBytes },
        signal,
      );
      return this.page(answer, 'repositories', isRepository);
    } catch (error) {
      // A registry without a catalog has other ways to say so than a sentence.
      const isAbsent =
        error instanceof RegistryError && (error.problem === 'missing' || error.problem === 'undeletable');
      throw isAbsent
        ? new RegistryError('noCatalog', error.registry, error.message, { cause: error })
        : error;
    }
  }

  async tags(repository: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<ListedName>> {
    const path = cursor ?? `/v2/${repository}/tags/list?n=${String(pageLength)}`;
    const scope = pullScope(repository);
    const answer = await this.connection.send({ method: 'GET', path, scope, maxBytes: maxListBytes }, signal);
    const { items, next } = this.page(answer, 'tags', isTag);
    return { items: items.map((name) => ({ name })), next };
  }

  async digest(repository: string, tag: string, signal: AbortSignal): Promise<string> {
    const answer = await this.connection.send(
      { ...manifestRequest(repository, tag), method: 'HEAD' },
      signal,
    );
    const digest = headerOf(answer, 'docker-content-digest');
    // Some say it only of what they send.
    return isDigest(digest) ? digest : (await this.manifest(repository, tag, signal)).digest;
  }

  async details(repository: string, tag: string, signal: AbortSignal): Promise<TagDetails> {
    const { digest, mediaType, manifest } = await this.manifest(repository, tag, signal);
    const base = { digest, mediaType };
    if (manifest.kind === 'image') {
      const config = await this.config(repository, manifest.config, signal);
      return {
        ...base,
        sizeBytes: manifest.sizeBytes,
        platforms: config.platform.os === '' ? [] : [config.platform],
        createdAt: config.createdAt,
      };
    }
    const platforms = manifest.entries.map(({ platform }) => platform);
    const chosen = manifest.entries.find(({ platform }) => fits(platform, this.preferred));
    const entry = chosen ?? manifest.entries[0];
    const image = entry === undefined ? undefined : await this.manifest(repository, entry.digest, signal);
    if (image?.manifest.kind !== 'image')
      return { ...base, platforms, sizeBytes: undefined, createdAt: undefined };
    const { createdAt } = await this.config(repository, image.manifest.config, signal);
    return { ...base, platforms, sizeBytes: image.manifest.sizeBytes, createdAt };
  }

  async deleteManifest(repository: string, digest: string, signal: AbortSignal): Promise<void> {
    await this.connection.send(
      {
        method: 'DELETE',
        path: `/v2/${repository}/manifests/${digest}`,
        scope: `repository:${repository}:delete,pull`,
        maxBytes: 1_000_000,
      },
      signal,
    );
  }

  private page(
    answer: RegistryAnswer,
    field: 'repositories' | 'tags',
    isName: (text: string) => boolean,
  ): Page<string> {
    const json = object(this.json(answer.body));
    if (!(field in json)) throw this.foreign(`an answer without “${field}”`);
    // What is no name can't be asked for, and would be part of a path. A repository without tags has `null` for them.
    const items = [...new Set(list(json[field]).map(text).filter(isName))];
    const next = nextPage(headerOf(answer, 'link'), answer.url);
    // What comes in parts has the registry's order; all at once has often none.
    const isWhole = next === undefined && !answer.url.searchParams.has('last');
    return { items: isWhole ? items.sort(compareNames) : items, next };
  }

  private async manifest(repository: string, reference: string, signal: AbortSignal) {
    const answer = await this.connection.send(manifestRequest(repository, reference), signal);
    const mediaType = (headerOf(answer, 'content-type').split(';')[0] ?? '').trim();
    const wanted = isDigest(reference) ? reference : headerOf(answer, 'docker-content-digest');
    this.verify(answer.body, wanted);
    const digest = isDigest(wanted) ? wanted : sha256(answer.body);
    const manifest = readManifest(this.json(answer.body), mediaType);
    if (manifest === undefined)
      throw new RegistryError(
        'unknownManifest',
        this.connection.host,
        mediaType || 'a manifest without a type',
      );
    return { digest, mediaType, manifest };
  }

  private async config(repository: string, digest: string | undefined, signal: AbortSignal) {
    if (digest === undefined) return { platform: toPlatform(undefined), createdAt: undefined };
    const path = `/v2/${repository}/blobs/${digest}`;
    const scope = pullScope(repository);
    const answer = await this.connection.send(
      { method: 'GET', path, scope, maxBytes: maxConfigBytes },
      signal,
    );
    this.verify(answer.body, digest);
    const json = object(this.json(answer.body));
    return { platform: toPlatform(json), createdAt: time(json['created']) };
  }

  private verify(content: Buffer, digest: string): void {
    if (hasDigest(content, digest) === false)
      throw new RegistryError('corrupt', this.connection.host, `the content is not that of ${digest}`);
  }

  private json(body: Buffer): unknown {
    try {
      return JSON.parse(body.toString('utf8'));
    } catch (error) {
      throw this.foreign('an answer that is not JSON', error);
    }
  }

  private foreign(message: string, cause?: unknown): RegistryError {
    return new RegistryError('foreign', this.connection.host, message, { cause });
  }
}

function manifestRequest(repository: string, reference: string) {
  return {
    method: 'GET',
    path: `/v2/${repository}/manifests/${reference}`,
    scope: pullScope(repository),
    accept: manifestTypes.join(', '),
    maxBytes: maxManifestBytes,
  } as const;
}

function pullScope(repository: string): string {
  return `repository:${repository}:pull`;
}

function headerOf({ headers }: RegistryAnswer, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

function fits(platform: Platform, preferred: Platform): boolean {
  return platform.os === preferred.os && platform.architecture === preferred.architecture;
}
