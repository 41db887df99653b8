import { waitFor } from '../bed/bed.ts';
import type { Stage } from './stage.ts';

export const LINES = 1_000_000;

const NAME = '0-big-log';

/** Lines of some 145 characters with a level, fields and a running number: with the engine's own part 170 bytes. */
const PRINT = `seq 1 ${LINES} | awk 'BEGIN{split("INFO INFO INFO INFO INFO INFO INFO DEBUG WARN ERROR",L," ")}
{printf "2026-11-24 12:00:00 %s request id=%07d path=/api/items/%d status=%d took=%dms user=alice@example.org region=eu-west-1 trace=%08x%08x\\n", L[$1%10+1], $1, $1%977, 200+($1%7==0)*300, $1%350, $1*7919, $1*104729}'`;

/** A container that has written a million lines and runs on. */
export async function bigLog({ daemon }: Stage): Promise<{ readonly name: string; readonly id: string }> {
  const id = await daemon.createWriter(NAME, `${PRINT}; sleep 1000000`);
  await daemon.start(NAME);
  await waitFor({ what: `${LINES} lines`, deadlineMs: 240_000, everyMs: 1000 }, async () =>
    (await daemon.lastLine(NAME)).includes(`id=${LINES}`),
  );
  return { name: NAME, id };
}
