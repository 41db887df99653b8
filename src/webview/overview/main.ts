import '../base.css';
import './overview.css';
import { acquireHost } from '../host.ts';
import { OverviewPage } from './page.ts';

void new OverviewPage(acquireHost()).start();
