import { describe, expect, test } from 'vitest';
import { TraceGrouper } from '../../../src/logs/trace.ts';

/** The lines of a log with what becomes of each before it: `=` stands for itself, `|` is folded. */
function marked(lines: readonly string[], grouper = new TraceGrouper()): string[] {
  return lines.map((line) => `${grouper.next(line, 1000) ? '|' : '='}${line}`);
}

/** A log written with the marks it must get. */
function expectGroups(log: string): void {
  const expected = log.split('\n').filter((line) => line !== '');
  expect(marked(expected.map((line) => line.slice(1)))).toEqual(expected);
}

describe('TraceGrouper', () => {
  test('groups Java with causes, suppressed ones and shortened frames', () => {
    expectGroups(`
=Started OrderApplication in 2.1 seconds
=Exception in thread "main" java.lang.RuntimeException: outer
|\tat A.f(A.java:1)
|\tat java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)
|\tSuppressed: java.lang.IllegalStateException: sup
|\t\tat A.f(A.java:1) ~[app.jar!/:1.0]
|\tCaused by: java.lang.IllegalArgumentException: in
|\t\tat A.g(A.java:1)
|\t\t... 9 more
|Caused by: [CIRCULAR REFERENCE: java.lang.IllegalArgumentException: in]
|\t... 12 common frames omitted
=Shutting down
`);
  });

  test('makes the exception the head, not what a logger wrote before it', () => {
    expectGroups(`
=2026-03-01 12:00:00.123 ERROR 1 --- [nio-8080-exec-1] c.a.OrderController : Order failed
=com.acme.OutOfStock: sku 12
|\tat com.acme.Orders.place(Orders.kt:41)
|\tat com.acme.MainKt.main(Main.kt)
=2026-03-01 12:00:00.125  INFO 1 --- [nio-8080-exec-2] c.a.OrderController : Order 13 placed
=scala.MatchError: 3 (of class java.lang.Integer)
|\tat com.acme.Main$.$anonfun$main$1(Main.scala:3)
`);
  });

  test('keeps two exceptions apart, and a cause without frames with its exception', () => {
    expectGroups(`
=java.lang.IllegalStateException: one
|Caused by: java.net.ConnectException: refused
|\tat a.B.c(B.java:1)
=java.lang.IllegalStateException: two
|\tat a.B.c(B.java:1)
`);
  });

  test('groups Python, chained', () => {
    expectGroups(`
=starting
=Traceback (most recent call last):
|  File "/app/a.py", line 4, in <module>
|    f()
|  File "/app/a.py", line 2, in f
|    raise ValueError("x")
|    ^^^^^^^^^^^^^^^^^^^^^
|  [Previous line repeated 996 more times]
|ValueError: x
|
|During handling of the above exception, another exception occurred:
|
|Traceback (most recent call last):
|  File "/app/a.py", line 6, in <module>
|    raise RuntimeError("outer") from e
|sqlalchemy.exc.OperationalError: could not connect
|\tIs the server running on host "db"?
|(Background on this error at: https://sqlalche.me/e/20/e3q8)
=stopped
`);
  });

  test('ends Python at the error, whatever has its shape next', () => {
    expectGroups(`
=Traceback (most recent call last):
|  File "/app/a.py", line 1, in <module>
|    exit()
|KeyboardInterrupt
=note: shutting down
=Traceback (most recent call last):
|  File "/app/a.py", line 1, in <module>
|__main__.f.<locals>.Gone: x
=Traceback (most recent call last):
|  File "/app/a.py", line 1, in <module>
=INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 200
=ValueError: x
`);
  });

  test('groups exception groups and syntax errors of Python', () => {
    expectGroups(`
=starting
=  + Exception Group Traceback (most recent call last):
|  |   File "/app/g.py", line 2, in <module>
|  |     f()
|  | ExceptionGroup: many (2 sub-exceptions)
|  +-+---------------- 1 ----------------
|    | ValueError: a
|    +------------------------------------
=done: 3
=  File "/app/b.py", line 1
|    x = = 1
|        ^
|SyntaxError: invalid syntax
`);
  });

  test('groups Node with properties and causes', () => {
    expectGroups(`
=Server listens on 3000
=Error: connect ECONNREFUSED 127.0.0.1:5432
|    at f (file:///app/a.mjs:1:23)
|    at async Promise.all (index 0)
|    at new Pool (/app/node_modules/pg/index.js:3:9)
|    at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
|  errno: -111,
|  [cause]: Error: inner
|      at f (file:///app/a.mjs:1:47) {
|    code: 'Y'
|  }
|}
=GET /health 200
=TypeError: x is not a function
|    at /app/b.js:1:2
|{ code: 'EX', status: 3 }
={"level":30,"msg":"next"}
=[Error: ENOENT: no such file or directory, open '/nope'] {
|  errno: -2
|}
=next
`);
  });

  test('groups what Node says when it dies', () => {
    expectGroups(`
=node:internal/modules/cjs/loader:1210
|  throw err;
|  ^
|
|Error: Cannot find module '/app/nope.js'
|Require stack:
|- /app/index.js
|    at Module._load (node:internal/modules/cjs/loader:1038:27)
|    at node:internal/main/run_main_module:28:49 {
|  code: 'MODULE_NOT_FOUND',
|  requireStack: []
|}
|
|Node.js v20.20.2
=/app/s.js:1
|const a = ;
|          ^
|
|SyntaxError: Unexpected token ';'
|    at wrapSafe (node:internal/modules/cjs/loader:1464:18)
|
|Node.js v20.20.2
=file:///app/a.mjs:1
|throw 'boom'
|^
|boom
|(Use \`node --trace-uncaught ...\` to show where the exception was thrown)
|
|Node.js v20.20.2
=Server listens on 3000
`);
  });

  test('takes a blank line behind an ordinary Node trace as what it is', () => {
    expectGroups(`
=Error: x
|    at f (/app/a.js:1:2)
=
=next
`);
  });

  test('keeps the list of modules with the error that could not find one', () => {
    expectGroups(`
=Error: Cannot find module 'x'
|Require stack:
|- /app/index.js
|    at Module._load (node:internal/modules/cjs/loader:1038:27)
=- an item
`);
  });

  test('groups Go panics with all goroutines', () => {
    expectGroups(`
=listening on :8080
=panic: runtime error: invalid memory address or nil pointer dereference [recovered]
|\tpanic: again
|[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x48f1c5]
|
|goroutine 1 [running]:
|panic({0x4a1d20?, 0x4d1a38?})
|\t/usr/local/go/src/runtime/panic.go:787 +0x132
|main.(*Server).handle(0xc0000140a0, {0x1, 0x2})
|\t/app/main.go:12 +0x1d
|main.main()
|\t/app/main.go:8 +0x1d
|
|goroutine 18 gp=0xc000006c40 m=nil [chan receive, 2 minutes]:
|github.com/acme/pool.run.func1(...)
|\t/go/pkg/mod/github.com/acme/pool@v1.2.0/run.go:30
|created by github.com/acme/pool.run in goroutine 1
|\t/go/pkg/mod/github.com/acme/pool@v1.2.0/run.go:20 +0x25
|exit status 2
=listening on :8080
`);
  });

  test('groups Go traces under the line that tells of the panic', () => {
    expectGroups(`
=2026/03/01 12:00:00 http: panic serving 172.18.0.1:53412: boom
|goroutine 19 [running]:
|net/http.(*conn).serve.func1()
|\t/usr/local/go/src/net/http/server.go:1947 +0xbe
=2026/03/01 12:00:01 GET /health
=fatal error: all goroutines are asleep - deadlock!
|
|goroutine 1 [chan receive]:
|main.main()
|\t/app/main.go:5 +0x2d
=failed to load
=main.load
|\t/app/main.go:12
|main.main
|\t/app/main.go:20
=done (3 items)
`);
  });

  test('groups .NET with inner exceptions', () => {
    expectGroups(`
=Unhandled exception. System.InvalidOperationException: outer
| ---> System.ArgumentException: inner
|   at Acme.Orders.Place(String sku, Int32 count) in /src/Orders.cs:line 12
|   --- End of inner exception stack trace ---
|   at Acme.Program.<Main>$(String[] args) in /src/Program.cs:line 3
|--- End of stack trace from previous location ---
|   at System.Threading.Tasks.Task.Wait()
=info: Microsoft.Hosting.Lifetime[14]
=      Now listening on: http://[::]:8080
=      System.Exception: boom
|         at lambda.Foo(Closure , Object )
`);
  });

  test('groups Ruby with hints, code and causes', () => {
    expectGroups(`
=Puma starting
=/app/a.rb:1:in 'Foo#f': undefined method 'foo' for nil (NoMethodError)
|
|    x.foo
|     ^^^^
|Did you mean?  for
|\tfrom /app/a.rb:5:in 'block in <main>'
|\t ... 12 levels...
|\tfrom /app/a.rb:9:in '<main>'
|/app/a.rb:2:in 'Foo#g': first (ZeroDivisionError)
|\tfrom /app/a.rb:9:in '<main>'
=Puma stopping
=boom
|/app/x.rb:3:in \`f'
|/app/x.rb:5:in \`<main>'
=user 'bob' said 'hi'
`);
  });

  test('groups PHP with the exception that caused it, and its trace within a log entry', () => {
    expectGroups(`
=[01-Mar-2026 12:00:00 UTC] PHP Fatal error:  Uncaught Exception: inner in /var/www/a.php:3
|Stack trace:
|#0 /var/www/a.php(8): f()
|#1 [internal function]: {closure}()
|#2 {main}
|
|Next RuntimeException: outer in /var/www/a.php:10
|Stack trace:
|#0 {main}
|  thrown in /var/www/a.php on line 10
=172.18.0.1 -  01/Mar/2026:12:00:00 +0000 "GET /index.php" 500
=[2026-03-01 12:00:00] local.ERROR: boom {"exception":"[object] (Exception(code: 0): boom at /a.php:1)
|[stacktrace]
|#0 /var/www/a.php(12): f()
|#1 {main}
|"} 
=next
=#1 of 3 done
`);
  });

  test('groups Rust panics and errors with causes', () => {
    expectGroups(`
=listening
=thread 'main' (1287) panicked at src/main.rs:2:5:
|assertion \`left == right\` failed: oops
|  left: 1
| right: 2
|stack backtrace:
|   0: core::panicking::panic_fmt
|             at /rustc/59807616e1fa/library/core/src/panicking.rs:80:14
|   1: app::main
|             at ./src/main.rs:2:5
|note: Some details are omitted, run with \`RUST_BACKTRACE=full\` for a verbose backtrace.
=listening
=thread 'main' panicked at 'boom', src/main.rs:2:5
|note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace
=Error: could not load
=
=Caused by:
|    0: no config
|    1: No such file or directory (os error 2)
|
|Stack backtrace:
|   0: anyhow::error::new
=next
`);
  });

  test('leaves alone what is no trace', () => {
    expectGroups(`
=    at the end of the day
=  at 12:01:02 all was fine
=  at noon (UTC)
=at 10:00 the job runs
=    indented text
=  File "report.csv" was written
=from a.rb:1:in
=... 3 more
=goroutine pool has 8 workers
=thread 'pool' has 8 workers
=Stack trace: none
=#12 of 20 is done
=/docker-entrypoint.sh: Configuration complete; ready for start up
=node:20
=node:20-alpine
=Did you mean?  no
=note: nothing
=}
`);
  });

  test('gives the rest of an interrupted trace a head of its own', () => {
    expectGroups(`
=java.lang.IllegalStateException: x
|\tat a.B.c(B.java:1)
=GET /health 200
=\tat a.B.d(B.java:2)
|\tat a.B.e(B.java:3)
=INFO: GET /health 200
=GET /health 200
=Error: y
|    at f (/app/a.js:1:2)
=GET /health 200
=com.acme.OutOfStock: sku 12
|\tat a.B.c(B.java:1)
`);
  });

  test('folds frames under a line that says nothing of a failure, when no trace was interrupted', () => {
    expectGroups(`
=the message is long
=and goes on
|\tat a.B.c(B.java:1)
`);
  });

  test('begins with frames when the log does, and never folds under a blank line', () => {
    expectGroups(`
=\tat a.B.c(B.java:1)
|\tat a.B.d(B.java:2)
=
=\tat a.B.c(B.java:1)
`);
  });

  test.each([
    '2026-03-01T12:00:00Z x',
    '  2026-03-01T12:00:00Z  INFO app: x',
    '[2026-03-01 12:00:00] x',
    '2026/03/01 12:00:00 x',
    '12:00:00.123 [main] INFO x',
    '01-Mar-2026 12:00:00 x',
    'Mar  1 12:00:00 host app: x',
    'E0301 12:00:00.000000       1 x.go:1] x',
    '1772366400.123 x',
    '[INFO] x',
    '(error) x',
    ' WARN x',
    'ERROR:root:x',
    'warn: x',
    'level=info msg=x',
    '{"msg":"x"}',
    '<14>x',
  ])('ends a trace at a line of a logger: %s', (line) => {
    const grouper = new TraceGrouper();
    // Within Python's frames, any indented line and anything like `Name: …` would go on.
    marked(['Traceback (most recent call last):', '  File "a.py", line 1, in f'], grouper);
    expect(grouper.next(line, 1000)).toBe(false);
    expect(grouper.next('ValueError: x', 1000)).toBe(false);
  });

  test('ends a trace at a pause of more than two seconds', () => {
    const grouper = new TraceGrouper();
    const frame = '\tat a.B.c(B.java:1)';
    expect(grouper.next('java.lang.IllegalStateException: x', 0)).toBe(false);
    expect(grouper.next(frame, 2000)).toBe(true);
    expect(grouper.next(frame, 4000)).toBe(true);
    expect(grouper.next(frame, 6001)).toBe(false);
    expect(grouper.next(frame, 6002)).toBe(true);
    expect(grouper.next('any line', 9000)).toBe(false);
    expect(grouper.next(frame, 9001)).toBe(true);
  });

  test('groups without times, and when a clock goes back', () => {
    const grouper = new TraceGrouper();
    expect(grouper.next('Error: x', undefined)).toBe(false);
    expect(grouper.next('    at f (/app/a.js:1:2)', undefined)).toBe(true);
    expect(grouper.next('    at f (/app/a.js:1:2)', 5000)).toBe(true);
    expect(grouper.next('    at f (/app/a.js:1:2)', 1000)).toBe(true);
  });

  test('folds a trace of any length', () => {
    const grouper = new TraceGrouper();
    grouper.next('java.lang.StackOverflowError', 0);
    let folded = 0;
    for (let at = 0; at < 100_000; at++) if (grouper.next('\tat a.B.c(B.java:1)', at)) folded++;
    expect(folded).toBe(100_000);
    expect(grouper.next('next', 100_000)).toBe(false);
  });

  test.each([
    'a',
    'Traceback (most recent call last):',
    'panic: x',
    "thread 'a' panicked at x:",
    '/app/a.js:1',
  ])('reads hostile lines after %s in time that grows with their length only', (head) => {
    const hostile = [
      ' ',
      '\t',
      'at ',
      '\tat ',
      'at a.',
      '(',
      ':1',
      'Caused by: ',
      '#0 ',
      '.(',
      '^',
      "'",
      'x:1:in ',
    ];
    for (const part of hostile) {
      const grouper = new TraceGrouper();
      grouper.next(head, 0);
      const line = part.repeat(Math.ceil(1_000_000 / part.length));
      // A quadratic rule would take minutes, and the test's own limit end it.
      for (let time = 0; time < 5; time++) grouper.next(line, 0);
      expect(grouper.next('2026-03-01 12:00:00 next', 0)).toBe(false);
    }
  });
});
