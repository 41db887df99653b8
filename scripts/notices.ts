import { writeFile } from 'node:fs/promises';
import { renderNotices } from './noticesText.ts';
import { root } from './run.ts';

/* Writes THIRD_PARTY_NOTICES: the licences of what really is in the bundles. */
await writeFile(`${root}/THIRD_PARTY_NOTICES`, await renderNotices());
