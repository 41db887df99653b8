import { list, number, object, text } from '../../../base/json.ts';
import { changeKinds, type FileChange } from '../../../model/containerChanges.ts';

/** The numbers that `GET /containers/{id}/changes` has for them. */
const kinds = [changeKinds[1], changeKinds[0], changeKinds[2]] as const;

/** The answer of `GET /containers/{id}/changes`, which is null where nothing has changed. */
export function changesFromRecords(raw: unknown): readonly FileChange[] {
  return list(raw).flatMap((each) => {
    const record = object(each);
    const path = text(record['Path']);
    const kind = kinds[number(record['Kind'])];
    return kind === undefined || !path.startsWith('/') ? [] : [{ path, kind }];
  });
}
