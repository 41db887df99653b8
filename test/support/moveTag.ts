const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

/** Gives a tag of an open registry to the image of another one, as when somebody pushes from elsewhere. */
export async function moveTag(url: string, repository: string, tag: string, to: string): Promise<void> {
  const manifests = `${url}/v2/${repository}/manifests`;
  const manifest = await fetch(`${manifests}/${to}`, { headers: { accept: manifestType } });
  const answer = await fetch(`${manifests}/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': manifest.headers.get('content-type') ?? manifestType },
    body: await manifest.arrayBuffer(),
  });
  if (!answer.ok) throw new Error(`the registry answered ${String(answer.status)}: ${await answer.text()}`);
}
