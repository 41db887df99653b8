import '../base.css';
import './run.css';
import './controls.css';
import { acquireHost } from '../host.ts';
import { RunPage } from './page.ts';

void new RunPage(acquireHost()).start();
