import { writeFileSync } from 'node:fs';
import { launchBrowser } from './pageBed.ts';
import { openLogs } from './logsBed.ts';
const browser = await launchBrowser();
for (let n = 0; n < 4; n++) {
  const bed = await openLogs(browser, { width: 1000, height: 800 });
  bed.write(
    ...Array.from(
      { length: 400 },
      (_, i) =>
        `2026-11-24 12:00:00 INFO request id=${i} path=/api status=200 took=3ms user=alice@example.org region=eu-west-1 trace=00abcdef0123`,
    ),
  );
  const cdp = await bed.page.context().newCDPSession(bed.page);
  await bed.page.addInitScript(`{
    window.__t = {};
    const look = () => { if (document.querySelectorAll('.rows > .row').length > 30) { window.__t.rows = performance.now(); requestAnimationFrame(() => { window.__t.frame = performance.now(); }); } else requestAnimationFrame(look); };
    requestAnimationFrame(look);
    addEventListener('message', () => { window.__t.message ??= performance.now(); }, { capture: true });
  }`);
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: 100 });
  if (n === 3) await cdp.send('Profiler.start');
  await bed.load();
  while (!(await bed.page.evaluate('window.__t?.frame !== undefined')))
    await new Promise((r) => setTimeout(r, 20));
  if (n === 3) {
    const { profile } = await cdp.send('Profiler.stop');
    writeFileSync('/tmp/wp.cpuprofile', JSON.stringify(profile));
  }
  const t: { message: number; rows: number; frame: number } = await bed.page.evaluate('window.__t');
  console.log(
    `message → rows ${(t.rows - t.message).toFixed(1)}, frame ${(t.frame - t.message).toFixed(1)}`,
    JSON.stringify(t),
  );
  await bed.close();
}
await browser.close();
