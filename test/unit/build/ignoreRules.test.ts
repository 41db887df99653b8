import { describe, expect, it } from 'vitest';
import { ignoreLines } from '../../../src/build/ignorePattern.ts';
import { BadPatternError, IgnoreRules } from '../../../src/build/ignoreRules.ts';

const ignores = (content: string, path: string): boolean => IgnoreRules.parse(content).ignores(path);

/** The cases that Docker's own matcher is tested with. */
const docker: readonly (readonly [pattern: string, path: string, isMatched: boolean])[] = [
  ['**', 'file', true],
  ['**/', 'file', true],
  ['**', 'dir/file', true],
  ['**/', 'dir/file', true],
  ['**/**', 'dir/file', true],
  ['dir/**', 'dir/file', true],
  ['dir/**', 'dir/dir2/file', true],
  ['**/dir', 'dir', true],
  ['**/dir', 'dir/file', true],
  ['**/dir2/*', 'dir/dir2/file', true],
  ['**/dir2/**', 'dir/dir2/dir3/file', true],
  ['**file', 'file', true],
  ['**file', 'dir/file', true],
  ['**/file', 'dir/file', true],
  ['**file', 'dir/dir/file', true],
  ['**/file', 'dir/dir/file', true],
  ['**/file*', 'dir/dir/file', true],
  ['**/file*', 'dir/dir/file.txt', true],
  ['**/file*txt', 'dir/dir/file.txt', true],
  ['**/file*.txt', 'dir/dir/file.txt', true],
  ['**/file*.txt*', 'dir/dir/file.txt', true],
  ['**/**/*.txt', 'dir/dir/file.txt', true],
  ['**/**/*.txt2', 'dir/dir/file.txt', false],
  ['**/*.txt', 'file.txt', true],
  ['**/**/*.txt', 'file.txt', true],
  ['a**/*.txt', 'a/file.txt', true],
  ['a**/*.txt', 'a/dir/file.txt', true],
  ['a**/*.txt', 'a/dir/dir/file.txt', true],
  ['a/*.txt', 'a/dir/file.txt', false],
  ['a/*.txt', 'a/file.txt', true],
  ['a/*.txt**', 'a/file.txt', true],
  ['a[b-d]e', 'ae', false],
  ['a[b-d]e', 'ace', true],
  ['a[b-d]e', 'aae', false],
  ['a[^b-d]e', 'aze', true],
  ['.*', '.foo', true],
  ['.*', 'foo', false],
  ['abc.def', 'abcdef', false],
  ['abc.def', 'abc.def', true],
  ['abc.def', 'abcZdef', false],
  ['abc?def', 'abcZdef', true],
  ['abc?def', 'abcdef', false],
  ['a\\\\', 'a\\', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['**/foo/bar', 'foo/bar', true],
  ['**/foo/bar', 'dir/foo/bar', true],
  ['**/foo/bar', 'dir/dir2/foo/bar', true],
  ['abc/**', 'abc', false],
  ['abc/**', 'abc/def', true],
  ['abc/**', 'abc/def/ghi', true],
  ['**/.foo', '.foo', true],
  ['**/.foo', 'bar.foo', false],
  ['./bar.*', 'bar.foo', true],
  ['a(b)c/def', 'a(b)c/def', true],
  ['a(b)c/def', 'a(b)c/xyz', false],
  ['a.|)$(}+{bc', 'a.|)$(}+{bc', true],
  [
    'dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl',
    'dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl',
    true,
  ],
  ['dist/*.whl', 'dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl', true],
  ['a?c', 'a😀c', true],
  ['[\\]x]y', ']y', true],
];

describe('a pattern', () => {
  it.each(docker)('%s on %s: %s', (pattern, path, isMatched) => {
    expect(ignores(pattern, path)).toBe(isMatched);
  });

  it.each(['[', '[^', '[^bc', 'a[', '[]a]', '[-]', '[x-]', '[-x]', 'a\\', '!'])('%s is none', (pattern) => {
    expect(() => IgnoreRules.parse(pattern)).toThrow(BadPatternError);
  });
});

describe('several patterns', () => {
  it.each([
    ['**\n!util/docker/web', 'util/docker/web/foo', false],
    ['**\n!util/docker/web\nutil/docker/web/foo', 'util/docker/web/foo', true],
    ['**\n!dist/*.whl', 'dist/a.whl', false],
    ['docs\n!docs/README.md', 'docs/a.md', true],
    ['docs\n!docs/README.md', 'docs/README.md', false],
    // The examples of Docker's reference.
    ['*/temp*', 'somedir/temporary.txt', true],
    ['*/*/temp*', 'somedir/subdir/temporary.txt', true],
    ['temp?', 'tempa', true],
    ['temp?', 'temp', false],
    ['*.md\n!README.md', 'README.md', false],
    ['*.md\n!README*.md\nREADME-secret.md', 'README-secret.md', true],
    ['*.md\nREADME-secret.md\n!README*.md', 'README-secret.md', false],
    ['**/*.go', 'a/b/c.go', true],
    ['!a\na', 'a', true],
  ])('%j on %s: %s', (content, path, isIgnored) => {
    expect(ignores(content, path)).toBe(isIgnored);
  });
});

describe('the lines of a file', () => {
  it('are trimmed, cleaned and taken from the root; comments and blank lines say nothing', () => {
    const content = '\ufeff# all\n\n  /a/b/ \r\n! ./c/../d\n #not a comment\n/\n..\n';
    expect(ignoreLines(content)).toEqual(['a/b', '!d', '#not a comment', '/', '..']);
  });
});

describe('an ignored folder', () => {
  it.each([
    ['node_modules', 'node_modules', true],
    ['node_modules\n!src', 'node_modules', true],
    ['node_modules\n!node_modules/keep/this', 'node_modules', false],
    ['node_modules\n!node_modules/keep/this', 'node_modules/keep', false],
    ['node_modules\n!node_modules/keep/this', 'node_modules/other', true],
    ['node_modules\n!node_modules', 'node_modules', false],
    // As Docker's client has it: an exception that begins with a wildcard opens no folder.
    ['node_modules\n!**/*.md', 'node_modules', true],
  ])('of %j needs no reading: %s, %s', (content, folder, isSealed) => {
    expect(IgnoreRules.parse(content).ignoresAllBelow(folder)).toBe(isSealed);
  });
});
