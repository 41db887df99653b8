import './logs.css';
import { acquireHost } from '../host.ts';
import { LogPage } from './page.ts';

void new LogPage(acquireHost()).start();
