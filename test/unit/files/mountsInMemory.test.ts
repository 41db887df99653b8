import { expect, test } from 'vitest';
import { isBelowAny, mountsInMemory } from '../../../src/files/mountsInMemory.ts';

test('file systems in memory are told from those on a disk', () => {
  const mounts = [
    'overlay / overlay rw,relatime 0 0',
    'proc /proc proc rw,nosuid 0 0',
    'tmpfs /run/a\\040b tmpfs rw,size=64k 0 0',
    '/dev/sda1 /etc/hosts ext4 rw 0 0',
    '/dev/sda1 /data ext4 rw 0 0',
    '',
  ].join('\n');
  expect(mountsInMemory(mounts)).toEqual(['/proc', '/run/a b']);
  expect(isBelowAny('/proc/mounts', ['/proc'])).toBe(true);
  expect(isBelowAny('/proc', ['/proc'])).toBe(true);
  expect(isBelowAny('/process', ['/proc'])).toBe(false);
});
