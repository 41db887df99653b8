import '../base.css';
import './build.css';
import './steps.css';
import '../ansi.css';
import { acquireHost } from '../host.ts';
import { BuildPage } from './page.ts';

void new BuildPage(acquireHost()).start();
