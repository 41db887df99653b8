import { expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { run } from './objects.ts';
import { View } from './workbench/view.ts';

/** The workbench's own words stay English, as its language pack is missing: ours alone are Chinese. */
const bench = useBench({ id: 'chinese', locale: 'zh-cn' });

test('the welcome text', async () => {
  const containers = new View(bench().page, '容器');
  await containers.welcome.filter({ hasText: '还没有容器' }).waitFor();
  expect(await containers.welcome.getByRole('button').allInnerTexts()).toEqual([
    '运行 hello-world',
    '运行镜像',
  ]);
});

test('the rows and their buttons', async () => {
  const { page, engine } = bench();
  const containers = new View(page, '容器');
  await run(engine, 'web', 'quay/web:1');
  await containers.row('web').appears();
  await eventually(() => containers.row('web').label()).toBe('web, 运行中, quay/web:1');
  expect(await containers.row('web').description()).toContain('已运行');
  await containers.row('web').pressButton('停止');
  await eventually(() => containers.row('web').label()).toBe('web, 已退出, quay/web:1');
});

test('the commands, their pickers and questions', async () => {
  const { page, quickInput, dialog } = bench();
  await quickInput.runCommand('容器: 启动');
  await quickInput.asks('启动哪些容器？');
  await quickInput.chooseAll(['web']);
  const containers = new View(page, '容器');
  await eventually(() => containers.row('web').label()).toBe('web, 运行中, quay/web:1');
  await containers.row('web').press('Delete');
  expect(await dialog.message()).toMatch(/删除.*web/);
  await dialog.press('Cancel');
});
