import { describe, expect, test } from 'vitest';
import { sourceRefs } from '../../../src/logs/sourceRefs.ts';

/** Each position as `path:line:column`, with the part of the text that it covers. */
function found(text: string): (readonly [place: string, covered: string])[] {
  return sourceRefs(text).map(({ path, line, column, start, end }) => [
    [path, line, ...(column === undefined ? [] : [column])].join(':'),
    text.slice(start, end),
  ]);
}

const places = (text: string): string[] => found(text).map(([place]) => place);

describe('sourceRefs', () => {
  test.each([
    ['    at query (/app/src/db.ts:41:7)', '/app/src/db.ts:41:7', '/app/src/db.ts:41:7'],
    ['    at file:///app/my%20app/x.mjs:3:9', '/app/my app/x.mjs:3:9', 'file:///app/my%20app/x.mjs:3:9'],
    ['file:///app/x.mjs:1', '/app/x.mjs:1', 'file:///app/x.mjs:1'],
    ['    at Object.<anonymous> (/app/bin/www:12:3)', '/app/bin/www:12:3', '/app/bin/www:12:3'],
    [
      '    at Page (/app/app/(shop)/[id]/page.tsx:3:4)',
      '/app/app/(shop)/[id]/page.tsx:3:4',
      '/app/app/(shop)/[id]/page.tsx:3:4',
    ],
    [
      '    at f (webpack-internal:///(rsc)/./src/x.ts:1:2)',
      './src/x.ts:1:2',
      'webpack-internal:///(rsc)/./src/x.ts:1:2',
    ],
    ['  File "/app/my app/a.py", line 3, in <module>', '/app/my app/a.py:3', '/app/my app/a.py", line 3'],
    ['\tat com.acme.Order.place(Order.java:12)', 'com/acme/Order.java:12', 'Order.java:12'],
    ['\tat java.base/java.lang.Thread.run(Thread.java:833)', 'java/lang/Thread.java:833', 'Thread.java:833'],
    ['\tat app//com.acme.Order$Line.<init>(Order.kt:7) ~[a.jar:1.0]', 'com/acme/Order.kt:7', 'Order.kt:7'],
    ['\tat Main.main(Main.java:3)', 'Main.java:3', 'Main.java:3'],
    ['   at N.C.M(String s) in /src/F.cs:line 12', '/src/F.cs:12', '/src/F.cs:line 12'],
    ['   at N.C.M() in C:\\src\\F.cs:line 12', 'C:\\src\\F.cs:12', 'C:\\src\\F.cs:line 12'],
    ['\t/go/src/app/main.go:12 +0x1d', '/go/src/app/main.go:12', '/go/src/app/main.go:12'],
    ['             at ./src/main.rs:2:5', './src/main.rs:2:5', './src/main.rs:2:5'],
    ["thread 'main' panicked at src/main.rs:2:5:", 'src/main.rs:2:5', 'src/main.rs:2:5'],
    ['#0 /var/www/a.php(12): f()', '/var/www/a.php:12', '/var/www/a.php(12)'],
    [
      'PHP Fatal error:  Uncaught Exception: x in /var/www/a.php:12',
      '/var/www/a.php:12',
      '/var/www/a.php:12',
    ],
    ['  thrown in /var/www/a.php on line 12', '/var/www/a.php:12', '/var/www/a.php on line 12'],
    ["\tfrom a.rb:1:in 'f'", 'a.rb:1', 'a.rb:1'],
    ['src/x.ts(3,5): error TS2322: no', 'src/x.ts:3:5', 'src/x.ts(3,5)'],
    ['E0301 12:00:00.000000 1 server.go:41] failed', 'server.go:41', 'server.go:41'],
    ['level=info caller=pkg/main.go:12 msg=x', 'pkg/main.go:12', 'pkg/main.go:12'],
    [
      'nginx: [emerg] unknown directive in /etc/nginx/nginx.conf:3',
      '/etc/nginx/nginx.conf:3',
      '/etc/nginx/nginx.conf:3',
    ],
    ['ERROR:/app/a.py:3', '/app/a.py:3', '/app/a.py:3'],
    ['See /app/a.js:3. Then', '/app/a.js:3', '/app/a.js:3'],
  ])('%s', (text, place, covered) => {
    expect(found(text)).toEqual([[place, covered]]);
  });

  test('finds several, from left to right, and at most eight', () => {
    expect(places('a.ts:1:2 then (b.py:3) and "/c/d.go:4"')).toEqual(['a.ts:1:2', 'b.py:3', '/c/d.go:4']);
    expect(places('a.ts:1 '.repeat(20))).toHaveLength(8);
  });

  test.each([
    'GET http://host:8080/src/main.js',
    'http://localhost:3000/src/main.js:3:9',
    'https://deno.land/std/x.ts:12:5',
    'https://user:word@host.example/x.ts:12:5',
    'tcp://db:5432',
    '//host/x.js:3',
    'redis.internal:6379 and 10.0.0.1:5432',
    '12:01:02 /app/12:01:02',
    '[01/Mar/2026:12:01:02 +0000] "GET / HTTP/1.1"',
    '    at node:internal/main/run_main_module:28:49',
    '    at Module.load (node:fs.js:3:4)',
    '    at ext:core/01_core.js:166:11',
    '  File "<frozen runpy>", line 88, in run',
    '\tat com.acme.Order.place(Unknown Source)',
    '\tat A.f(Native Method)',
    '/app/a.js:0',
    '/app/a.js:3x /app/a.js:12345678 a.js:1.5 a.js:1:2:3',
    'f(12) (12) :12 ", line 3 on line 3',
    '/app/:3:4 /:3:4',
    '',
  ])('finds nothing in %s', (text) => {
    expect(places(text)).toEqual([]);
  });

  test('takes a path as it is when its escapes are none', () => {
    expect(places('file:///app/100%/x.js:1:2')).toEqual(['/app/100%/x.js:1:2']);
  });

  test('looks at the first 4,000 characters only', () => {
    expect(places(`${' '.repeat(3980)}/app/a.js:1:2`)).toEqual(['/app/a.js:1:2']);
    expect(places(`${' '.repeat(4000)}/app/a.js:1:2`)).toEqual([]);
  });

  test.each([
    ' ',
    '\t',
    'at ',
    'a',
    '/',
    ':1',
    '(1)',
    'a:1',
    '", line 1',
    ' on line 1',
    ')/',
    ']/',
    'x:1:2',
    '//:1:2',
    '(a.java:',
  ])('reads a long line of %j', (part) => {
    const line = part.repeat(Math.ceil(1_000_000 / part.length));
    for (let time = 0; time < 200; time++) sourceRefs(line);
    expect(sourceRefs(line).every(({ start, end }) => start < end && end <= 4000)).toBe(true);
  });
});
