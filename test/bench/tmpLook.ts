import { execFileSync } from 'node:child_process';
import { launchBrowser, openWorkbenchPage, runFolder, startWorkbench } from '../bed/bed.ts';
import { makeFolder } from '../bed/folders.ts';
import { WorkbenchPage } from '../e2e/workbench/workbenchPage.ts';

const host = 'unix:///root/.cache/quayside-bed/run/shell/new/docker.sock';
const docker = (...args: string[]): string =>
  execFileSync('docker', args, { env: { ...process.env, DOCKER_HOST: host }, encoding: 'utf8' });
for (const n of ['t1', 'ns', 'cat1'])
  try {
    docker('rm', '-f', n);
  } catch {}
docker('run', '-d', '--name', 't1', 'quay/tools:1');
docker('run', '-d', '--name', 'ns', 'quay/noshell:1');
docker(
  'exec',
  't1',
  'sh',
  '-c',
  'echo mine >> /etc/passwd; sed -i s/root/ROOT/ /etc/group; mkdir -p /srv/new/deep; for i in 1 2 3; do echo $i > /srv/new/deep/f$i; done; rm /data/tool-1.bin; rm -r /data/numbers; ln -sf /etc/passwd /data/blob.bin; mkdir /empty',
);
const folder = makeFolder(runFolder('shell', 'lookws'));
const theme = process.argv[2] ?? 'Default Light Modern';
const server = await startWorkbench({
  name: 'shell',
  id: 'look',
  folder,
  home: makeFolder(runFolder('shell', 'lookhome')),
  env: { DOCKER_HOST: host },
  settings: { 'terminal.integrated.gpuAcceleration': 'off', 'workbench.colorTheme': theme },
  vsixPaths: ['quayside.vsix'],
});
const browser = await launchBrowser();
const shot = async (n: string) => {
  await page.screenshot({ path: `/tmp/shx/${n}.png` });
  console.log('shot', n);
};
const page = await openWorkbenchPage(browser, server.url, { width: 1300, height: 900 });
page.setDefaultTimeout(15000);
const w = new WorkbenchPage(page);
const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));
try {
  await w.showSidebar();
  await w.containers.row('t1').chooseInMenu('Show Changes');
  await w.containers.row('srv/new').expand();
  await w.containers.row('etc').expand();
  await w.containers.row('passwd').click();
  await wait(1500);
  await shot('c1');
  await w.containers.row('data').expand();
  await w.containers.row('blob.bin').click();
  await wait(1500);
  await shot('c2');
  await w.containers.row('ns').pressButton('Open Shell');
  await w.terminal.shows('There is no shell');
  await wait(500);
  await shot('c3');
  docker('stop', '-t', '0', 't1');
  await w.quickInput.runCommand('Terminal: Create New Terminal (With Profile)');
  await wait(1000);
  await shot('c4');
  await w.quickInput.choose('Container Shell');
  await wait(1200);
  await shot('c5');
} catch (e) {
  console.log('FAIL', e);
  await shot('fail');
}
await browser.close();
await server.stop();
