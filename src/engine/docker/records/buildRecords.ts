import { number, object, text } from '../../../base/json.ts';
import type { BuildMessage } from '../../../model/buildMessage.ts';

/** One line of the classic builder's stream; undefined for what says nothing. */
export function buildMessageFromRecord(record: unknown): BuildMessage | undefined {
  const line = object(record);
  const detail = object(line['errorDetail']);
  const failure = text(detail['message']) || text(line['error']);
  if (failure !== '')
    return {
      kind: 'failure',
      message: failure,
      exitCode: 'code' in detail ? number(detail['code']) : undefined,
    };
  const imageId = text(object(line['aux'])['ID']);
  if (imageId !== '') return { kind: 'image', imageId };
  if (typeof line['stream'] === 'string') return { kind: 'text', text: line['stream'] };
  const status = text(line['status']);
  if (status === '') return undefined;
  const layerId = text(line['id']);
  // What is said of the image as a whole is worth a line, what is said of a layer is not.
  if (layerId === '') return { kind: 'text', text: `${status}\n` };
  const progress = object(line['progressDetail']);
  return {
    kind: 'layer',
    layerId,
    status,
    currentBytes: number(progress['current']),
    totalBytes: number(progress['total']),
  };
}
