import type { Figure } from '../figure.ts';
import { activation } from './activation.ts';
import { buildContext } from './buildContext.ts';
import { composeUp } from './composeUp.ts';
import { eventToRow } from './eventToRow.ts';
import { firstRow } from './firstRow.ts';
import { floor } from './floor.ts';
import { hidden } from './hidden.ts';
import { huge } from './huge.ts';
import { idle } from './idle.ts';
import { imagePull } from './imagePull.ts';
import { imagesView } from './imagesView.ts';
import { layers } from './layers.ts';
import { logBurst } from './logBurst.ts';
import { logHuge } from './logHuge.ts';
import { logMerged } from './logMerged.ts';
import { logPanel } from './logPanel.ts';
import { files } from './files.ts';
import { logReader } from './logReader.ts';
import { memory } from './memory.ts';
import { profile } from './profile.ts';
import { restart } from './restart.ts';
import { shell } from './shell.ts';
import { size } from './size.ts';
import { stats } from './stats.ts';
import { storm } from './storm.ts';

/** In the order in which they are taken at each size. */
export const figures: readonly Figure[] = [
  size,
  activation,
  floor,
  firstRow,
  eventToRow,
  storm,
  hidden,
  composeUp,
  idle,
  memory,
  restart,
  logReader,
  logPanel,
  logMerged,
  logBurst,
  logHuge,
  stats,
  layers,
  files,
  imagesView,
  imagePull,
  buildContext,
  shell,
  huge,
  profile,
];
