const kinds = new Set(['tmpfs', 'proc', 'sysfs', 'devpts', 'devtmpfs', 'mqueue', 'cgroup', 'cgroup2']);

/** Where `/proc/mounts` has file systems that are in memory only, which `docker cp` does not see. */
export function mountsInMemory(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [, point = '', kind = ''] = line.split(' ');
    if (!kinds.has(kind)) return [];
    // Spaces and line ends stand as octal numbers.
    return [point.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)))];
  });
}

export function isBelowAny(path: string, points: readonly string[]): boolean {
  return points.some((point) => path === point || path.startsWith(`${point}/`));
}
