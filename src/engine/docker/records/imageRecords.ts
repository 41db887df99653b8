import type { ImageDefaults } from '../../engine.ts';
import { maxLabelLength } from '../../../model/container.ts';
import type { Image } from '../../../model/image.ts';
import type { HistoryStep } from '../../../model/imageHistory.ts';
import { portProtocols } from '../../../model/runOptions.ts';
import { list, number, object, text, textRecord, texts, time } from '../../../base/json.ts';

/** A record of `GET /images/json`. */
export function imageFromList(raw: unknown): Image {
  const record = object(raw);
  return toImage(record, number(record['Created']) * 1000, record['Labels']);
}

/** The answer of `GET /images/{name}/json`. */
export function imageFromInspect(raw: unknown): Image {
  const record = object(raw);
  return toImage(record, time(record['Created']) ?? 0, object(record['Config'])['Labels']);
}

/** Of the same answer: what its containers do when nobody says otherwise. */
export function imageDefaultsFrom(raw: unknown): ImageDefaults {
  const config = object(object(raw)['Config']);
  return {
    ports: Object.keys(object(config['ExposedPorts'])).flatMap((key) => {
      const [port = '', word = 'tcp'] = key.split('/');
      const protocol = portProtocols.find((each) => each === word);
      return protocol === undefined ? [] : [{ containerPort: Number(port), protocol }];
    }),
    volumes: Object.keys(object(config['Volumes'])),
    entrypoint: texts(config['Entrypoint']),
    command: texts(config['Cmd']),
    user: text(config['User']),
    workingDir: text(config['WorkingDir']),
  };
}

/** A record of `GET /images/{name}/history`. */
export function historyStepFrom(raw: unknown): HistoryStep {
  const record = object(raw);
  const id = text(record['Id']);
  return {
    id: id === '<missing>' ? '' : id,
    tags: named(record['Tags']),
    createdAt: number(record['Created']) * 1000,
    createdBy: text(record['CreatedBy']),
    sizeBytes: number(record['Size']),
    comment: text(record['Comment']),
  };
}

/** Of a list of images, where the engine was told to work it out: it says -1 where it did not. */
export function sharedSizesFrom(raw: unknown): ReadonlyMap<string, number> {
  return new Map(
    list(raw).flatMap((each) => {
      const record = object(each);
      const bytes = record['SharedSize'];
      return typeof bytes !== 'number' || bytes < 0 ? [] : [[text(record['Id']), bytes] as const];
    }),
  );
}

function toImage(record: Readonly<Record<string, unknown>>, createdAt: number, labels: unknown): Image {
  return {
    id: text(record['Id']),
    tags: named(record['RepoTags']),
    digests: named(record['RepoDigests']),
    createdAt: Math.max(0, Math.floor(createdAt / 1000) * 1000),
    sizeBytes: number(record['Size']),
    labels: textRecord(labels, maxLabelLength),
  };
}

/** Old engines write `<none>:<none>` where there is no name. */
function named(names: unknown): readonly string[] {
  return texts(names)
    .filter((name) => !name.startsWith('<none>'))
    .sort();
}
