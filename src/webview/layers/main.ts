import '../base.css';
import './layers.css';
import './lists.css';
import { acquireHost } from '../host.ts';
import { LayersPage } from './page.ts';

void new LayersPage(acquireHost()).start();
