import { execFileSync } from 'node:child_process';
import { launchBrowser, openWorkbenchPage, runFolder, startWorkbench } from '../bed/bed.ts';
import { makeFolder } from '../bed/folders.ts';
import { WorkbenchPage } from '../e2e/workbench/workbenchPage.ts';

const host = 'unix:///root/.cache/quayside-bed/run/shell/new/docker.sock';
const docker = (...args: string[]): string =>
  execFileSync('docker', args, { env: { ...process.env, DOCKER_HOST: host }, encoding: 'utf8' });
try {
  docker('rm', '-f', 't1', 'ns', 'p1', 'bash1', 'cat1', 'cat2');
} catch {}
docker('run', '-d', '--name', 't1', 'quay/tools:1');
docker('run', '-d', '--name', 'ns', 'quay/noshell:1');
docker('run', '-d', '--name', 'cat1', '-i', 'busybox', 'cat');
docker(
  'exec',
  't1',
  'sh',
  '-c',
  'yes "0123456789 abcdefghij klmnopqrst uvwxyz \u001b[32mgreen\u001b[0m end" | head -c 104857600 > /tmp/big',
);
const folder = makeFolder(runFolder('shell', 'lookws'));
const server = await startWorkbench({
  name: 'shell',
  id: 'look',
  folder,
  home: makeFolder(runFolder('shell', 'lookhome')),
  env: { DOCKER_HOST: host },
  settings: {
    'terminal.integrated.gpuAcceleration': 'off',
    'workbench.colorTheme': process.argv[2] ?? 'Default Dark Modern',
  },
  vsixPaths: ['quayside.vsix'],
});
const browser = await launchBrowser();
const shot = async (n: string) => {
  await page.screenshot({ path: `/tmp/shx/${n}.png` });
  console.log('shot', n);
};
const page = await openWorkbenchPage(browser, server.url, { width: 1300, height: 800 });
page.setDefaultTimeout(20000);
const w = new WorkbenchPage(page);
const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));
try {
  await w.showSidebar();
  let t = Date.now();
  await w.containers.row('t1').chooseInMenu('Open Shell');
  await w.terminal.shows('/data #');
  console.log('prompt', Date.now() - t);
  await w.terminal.enter('stty size; ls -la --color /data | head -5');
  await wait(800);
  await shot('shell');
  // flood
  t = Date.now();
  await w.terminal.enter('cat /tmp/big; echo do""ne');
  await wait(1500);
  const t2 = Date.now();
  await page.evaluate(() => 1);
  console.log('page answers in', Date.now() - t2);
  await w.terminal.shows('done');
  console.log('100MB', Date.now() - t);
  await wait(500);
  await shot('flood');
  await w.terminal.enter('clear; printf "grün-🚢-容器"; exit 3');
  await w.terminal.shows('exit code 3');
  await shot('exit3');
  await page.keyboard.press('Enter');
  await wait(1500);
  await shot('again');
  docker('pause', 't1');
  await w.terminal.shows('is paused');
  await page.keyboard.press('Enter');
  await wait(1500);
  await shot('paused');
  docker('restart', '-t', '0', 't1');
  await wait(2500);
  await shot('restarted');
  await page.keyboard.press('Enter');
  await wait(1500);
  docker('stop', '-t', '0', 't1');
  await wait(1500);
  await shot('stopped');
  await page.keyboard.press('Enter');
  await wait(2500);
  await shot('started');
  docker('rm', '-f', 't1');
  await wait(1500);
  await shot('removed');
  docker('run', '-d', '--name', 't1', 'quay/tools:1');
  await wait(1500);
  await shot('anew');
  await page.keyboard.press('Enter');
  await wait(1500);
  await shot('anew2');
  await w.containers.row('ns').chooseInMenu('Open Shell');
  await w.terminal.shows('has no shell');
  await wait(300);
  await shot('noshell');
  await page.keyboard.press('d');
  await wait(1500);
  await shot('debugpick');
  await page.keyboard.press('Enter');
  await wait(3000);
  await w.terminal.enter('ls; ps');
  await wait(1000);
  await shot('debug');
  await w.containers.row('cat1').chooseInMenu('Attach');
  await wait(1500);
  await w.terminal.enter('hello wörld');
  await wait(600);
  await shot('attach');
  await page.keyboard.press('Control+P');
  await page.keyboard.press('Control+Q');
  await wait(800);
  await shot('detached');
  console.log(docker('ps', '--format', '{{.Names}} {{.Status}}'));
  await w.containers.row('t1').chooseInMenu('Open Shell…');
  await wait(1500);
  await shot('options1');
  await page.keyboard.press('Enter');
  await wait(700);
  await shot('options2');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await wait(700);
  await page.keyboard.type('/tmp');
  await shot('options3');
  await page.keyboard.press('Enter');
  await wait(1500);
  await w.terminal.enter('id; pwd');
  await wait(700);
  await shot('options4');
} catch (e) {
  console.log('FAIL', e);
  await shot('fail');
}
await browser.close();
await server.stop();
