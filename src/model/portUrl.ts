/** A port bound to every address is reached at this machine's own. */
export function portUrl({ ip, port }: { readonly ip: string; readonly port: number }): string {
  const host = ip === '0.0.0.0' || ip === '::' ? 'localhost' : ip.includes(':') ? `[${ip}]` : ip;
  return `${port === 443 || port === 8443 ? 'https' : 'http'}://${host}:${String(port)}`;
}
