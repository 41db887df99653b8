import { describe, expect, test } from 'vitest';
import { localCandidates, mappingsOf, type SourceMapping } from '../../../src/logs/sourcePaths.ts';
import type { Mount } from '../../../src/model/container.ts';

const app: SourceMapping = { containerPath: '/app', localPath: '/home/me/shop' };
const src: SourceMapping = { containerPath: '/app/src', localPath: '/home/me/live' };

function mount(parts: Partial<Mount>): Mount {
  return { type: 'bind', source: '/home/me/shop', target: '/app', readOnly: false, ...parts };
}

/** What a Dockerfile in `/ctx` maps, as `container=local`. */
function copied(...lines: readonly string[]): string[] {
  return mappingsOf({ mounts: [] }, { text: lines.join('\n'), contextDir: '/ctx' }).map(
    ({ containerPath, localPath }) => `${containerPath}=${localPath}`,
  );
}

describe('localCandidates', () => {
  test('begins with the longest mapping, then ends of the path in each workspace folder', () => {
    expect(localCandidates('/app/src/db.ts', [app, src], ['/ws/a', '/ws/b/'])).toEqual([
      '/home/me/live/db.ts',
      '/home/me/shop/src/db.ts',
      '/ws/a/app/src/db.ts',
      '/ws/b/app/src/db.ts',
      '/ws/a/src/db.ts',
      '/ws/b/src/db.ts',
      '/ws/a/db.ts',
      '/ws/b/db.ts',
    ]);
  });

  test('matches whole parts of a path, and a file that is mapped itself', () => {
    expect(localCandidates('/application/x.ts', [app], [])).toEqual([]);
    const file = { containerPath: '/app/a.py', localPath: '/ctx/main.py' };
    expect(localCandidates('/app/a.py', [file], [])).toEqual(['/ctx/main.py']);
    expect(localCandidates('/x/a.py', [{ containerPath: '/', localPath: '/ctx' }], [])).toEqual([
      '/ctx/x/a.py',
    ]);
  });

  test('prefers the mapping that comes first among equals', () => {
    const other = { containerPath: '/app/', localPath: '/other' };
    expect(localCandidates('/app/a.py', [app, other], [])).toEqual(['/home/me/shop/a.py', '/other/a.py']);
  });

  test('puts a relative path under every mapping and folder', () => {
    expect(localCandidates('./src/main.rs', [app], ['/ws'])).toEqual([
      '/home/me/shop/src/main.rs',
      '/ws/src/main.rs',
      '/ws/main.rs',
    ]);
  });

  test.each([
    '/app/../../etc/passwd',
    '/app/src/../../../etc/passwd',
    '../../etc/passwd',
    '/app/./..//etc/passwd',
  ])('never leads out: %s', (path) => {
    const candidates = localCandidates(path, [app, src], ['/ws']);
    expect(candidates).toContain('/ws/etc/passwd');
    for (const candidate of candidates) {
      expect(candidate).toMatch(/^\/(?:ws|home\/me\/shop|home\/me\/live)\//);
      expect(candidate).not.toContain('..');
    }
  });

  test('resolves what leads from one mapping into another before it looks for one', () => {
    expect(localCandidates('/app/src/../lib/x.ts', [src], [])).toEqual([]);
    expect(localCandidates('/x/../app/src/x.ts', [src], [])).toEqual(['/home/me/live/x.ts']);
  });

  test.each(['', '/', '.', '..', '/app/', '/app/..', '/app/.', '/app/a\0.ts'])('has none for %j', (path) => {
    expect(localCandidates(path, [app], ['/ws'])).toEqual([]);
  });

  test('joins with slashes on Windows', () => {
    expect(
      localCandidates('/app/x.ts', [{ containerPath: '/app', localPath: 'C:\\me\\shop\\' }], ['c:/ws']),
    ).toEqual(['C:/me/shop/x.ts', 'c:/ws/app/x.ts', 'c:/ws/x.ts']);
    expect(localCandidates('/x.ts', [], ['\\\\wsl$\\Debian\\ws'])).toEqual(['//wsl$/Debian/ws/x.ts']);
    expect(localCandidates('C:\\src\\F.cs', [], ['/ws'])).toEqual(['/ws/src/F.cs', '/ws/F.cs']);
  });

  test('tries a bounded number of ends', () => {
    const path = `${'/a'.repeat(5000)}/x.ts`;
    expect(localCandidates(path, [], ['/ws', '/other'])).toHaveLength(32);
  });
});

describe('mappingsOf', () => {
  test('takes bind mounts, and before what the Dockerfile copied', () => {
    const mounts = [
      mount({}),
      mount({ type: 'volume', source: 'data', target: '/data' }),
      mount({ type: 'tmpfs', source: '', target: '/tmp' }),
      mount({ source: '/home/me/x/', target: '/x/' }),
    ];
    const dockerfile = { text: 'FROM node\nWORKDIR /srv\nCOPY . .', contextDir: '/ctx/' };
    expect(mappingsOf({ mounts }, dockerfile)).toEqual([
      { containerPath: '/app', localPath: '/home/me/shop' },
      { containerPath: '/x', localPath: '/home/me/x' },
      { containerPath: '/srv', localPath: '/ctx' },
    ]);
    expect(mappingsOf({ mounts }, undefined)).toHaveLength(2);
  });

  test('joins working directories', () => {
    expect(copied('FROM a', 'COPY . .', 'WORKDIR /srv', 'workdir app/../api', 'copy . ./x')).toEqual([
      '/srv/api/x=/ctx',
      '/=/ctx',
    ]);
  });

  test('puts files into folders, and takes the content of folders', () => {
    expect(copied('FROM a', 'WORKDIR /app', 'COPY server.js .')).toEqual(['/app/server.js=/ctx/server.js']);
    expect(copied('FROM a', 'WORKDIR /app', 'COPY server.js main.js')).toEqual([
      '/app/main.js=/ctx/server.js',
    ]);
    expect(copied('FROM a', 'COPY src /app/src')).toEqual(['/app/src=/ctx/src']);
    expect(copied('FROM a', 'COPY src/ /app/')).toEqual(['/app=/ctx/src']);
    expect(copied('FROM a', 'COPY Gemfile a/b.rb /app/')).toEqual([
      '/app/Gemfile=/ctx/Gemfile',
      '/app=/ctx/Gemfile',
      '/app/b.rb=/ctx/a/b.rb',
    ]);
    expect(copied('FROM a', 'COPY src /app/')).toEqual(['/app/src=/ctx/src', '/app=/ctx/src']);
    expect(copied('FROM a', 'COPY lib/*.py package*.json /app/')).toEqual(['/app=/ctx/lib', '/app=/ctx']);
    expect(copied('FROM a', 'COPY */x.py /app/')).toEqual([]);
    expect(copied('FROM a', 'COPY --parents a/b.py c /app/')).toEqual([
      '/app/a/b.py=/ctx/a/b.py',
      '/app/c=/ctx/c',
    ]);
  });

  test('reads flags, the JSON form and quotes', () => {
    expect(copied('FROM a', 'COPY --chown=1:1 --link ["my src", "/app/x y"]')).toEqual([
      '/app/x y=/ctx/my src',
    ]);
    expect(copied('FROM a', 'ADD [ "a.py","b.py" , "/app/" ]')).toEqual([
      '/app/a.py=/ctx/a.py',
      '/app/b.py=/ctx/b.py',
    ]);
    expect(copied('FROM a', 'COPY "a.py" \'/app/b.py\'')).toEqual(['/app/b.py=/ctx/a.py']);
    expect(copied('FROM a', 'COPY [id].tsx /app/')).toEqual(['/app=/ctx']);
  });

  test('leaves out what is none of this machine, or not known', () => {
    expect(
      copied(
        'FROM a',
        'COPY --from=build /out /app',
        'ADD https://host/x.py git@host:x.git a.tar.gz b.py /app/',
        'COPY $SRC /app/',
        'COPY c.py $DIR/',
        'WORKDIR $HOME',
        'COPY d.py .',
        'COPY e.py /app/',
        'COPY',
        'COPY onlyone',
      ),
    ).toEqual(['/app/e.py=/ctx/e.py', '/app/b.py=/ctx/b.py']);
  });

  test('keeps sources within the context', () => {
    expect(copied('FROM a', 'COPY ../../etc/x.py /app/', 'COPY /y.py /app/../../z.py')).toEqual([
      '/z.py=/ctx/y.py',
      '/app/x.py=/ctx/etc/x.py',
    ]);
  });

  test('takes the last stage, and what it is made from', () => {
    expect(copied('FROM a AS build', 'WORKDIR /b', 'COPY . .', 'FROM a', 'COPY x.py /x.py')).toEqual([
      '/x.py=/ctx/x.py',
    ]);
    expect(
      copied('FROM --platform=linux/amd64 a AS Base', 'WORKDIR /b', 'COPY . .', 'FROM base', 'COPY x.py .'),
    ).toEqual(['/b/x.py=/ctx/x.py', '/b=/ctx']);
  });

  test('joins lines, and passes over comments and here-documents', () => {
    expect(
      copied(
        '# syntax=docker/dockerfile:1',
        'FROM a',
        'COPY a.py \\',
        '  # a comment',
        '',
        '  b.py \\  ',
        '  /app/\r',
        'RUN <<EOF cat <<-"END"',
        'COPY no.py /app/',
        'EOF',
        'COPY no.py /app/',
        '\tEND',
        'COPY <<EOT /app/made.py',
        'COPY no.py /app/',
        'EOT',
        'RUN echo $((1<<n))',
        'COPY c.py /app/',
        '#COPY d.py /app/',
        'COPY e.py \\',
      ),
    ).toEqual(['/app/c.py=/ctx/c.py', '/app/a.py=/ctx/a.py', '/app/b.py=/ctx/b.py']);
  });
});
