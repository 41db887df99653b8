import '../base.css';
import './logs.css';
import './filter.css';
import './saved.css';
import './histogram.css';
import './trace.css';
import './context.css';
import '../ansi.css';
import './fields.css';
import './sources.css';
import { acquireHost } from '../host.ts';
import { LogPage } from './page.ts';

void new LogPage(acquireHost()).start();
