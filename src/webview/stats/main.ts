import '../base.css';
import 'uplot/dist/uPlot.min.css';
import './stats.css';
import './charts.css';
import { acquireHost } from '../host.ts';
import { StatsPage } from './page.ts';

void new StatsPage(acquireHost()).start();
