import { createPrivateKey, randomUUID, sign, timingSafeEqual, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { ensureAptPackages } from './aptPackages.ts';
import { runCommand } from './command.ts';
import { freePort } from './freePort.ts';

interface TokenUser {
  readonly name: string;
  readonly password: string;
}

/** Gives tokens to a registry's clients, by distribution's token authentication. */
export interface TokenServer {
  readonly realm: string;
  readonly issuer: string;
  readonly service: string;
  /** The certificate that the registry trusts tokens by. */
  readonly certificateFile: string;
  /** Scopes of the tokens that it gave, each with who asked: `anna repository:team/app:pull`. */
  readonly given: readonly string[];
  /** The next tokens have ended when they are given. */
  giveStale(count: number): void;
  stop(): Promise<void>;
}

/** Users may do everything; nobody may pull. Its key and certificate are made anew in `folder`. */
export async function startTokenServer(folder: string, users: readonly TokenUser[]): Promise<TokenServer> {
  await ensureAptPackages(['openssl']);
  const keyFile = join(folder, 'token.key');
  const certificateFile = join(folder, 'token.crt');
  await runCommand('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=quayside bed'],
    ...['-keyout', keyFile, '-out', certificateFile],
  ]);
  const key = createPrivateKey(readFileSync(keyFile));
  const chain = [new X509Certificate(readFileSync(certificateFile)).raw.toString('base64')];
  const port = await freePort();
  const realm = `http://127.0.0.1:${port}/token`;
  const names = { issuer: 'quayside bed', service: 'quayside registry' };
  const given: string[] = [];
  let stale = 0;

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '', realm);
    const who = readUser(request.headers.authorization, users);
    if (who === 'wrong') {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'wrong user name or password' }] }),
      );
      return;
    }
    const scopes = url.searchParams.getAll('scope').flatMap((scope) => scope.split(' '));
    given.push(`${who ?? 'nobody'} ${scopes.join(' ')}`.trim());
    const nowSeconds = Math.floor(Date.now() / 1000);
    // The registry forgives a minute between two clocks.
    const endsAt = stale > 0 ? nowSeconds - 600 : nowSeconds + 300;
    if (stale > 0) stale -= 1;
    const claims = {
      iss: names.issuer,
      sub: who ?? '',
      aud: names.service,
      exp: endsAt,
      nbf: nowSeconds - 1200,
      iat: nowSeconds - 1200,
      jti: randomUUID(),
      access: scopes.flatMap((scope) => toAccess(scope, who)),
    };
    const head = encode({ typ: 'JWT', alg: 'RS256', x5c: chain });
    const signed = `${head}.${encode(claims)}`;
    const token = `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ token, expires_in: 300 }));
  };

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    realm,
    ...names,
    certificateFile,
    given,
    giveStale: (count) => {
      stale = count;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** `repository:team/app:pull,push` */
function toAccess(scope: string, who: string | undefined): readonly object[] {
  const [type = '', ...rest] = scope.split(':');
  const actions = (rest.pop() ?? '').split(',');
  const allowed = who === undefined ? actions.filter((action) => action === 'pull') : actions;
  return type === '' ? [] : [{ type, name: rest.join(':'), actions: allowed }];
}

function readUser(authorization: string | undefined, users: readonly TokenUser[]): string | undefined {
  if (authorization === undefined) return undefined;
  const sent = Buffer.from(authorization.replace(/^Basic /, ''), 'base64');
  const user = users.find(({ name, password }) => isSame(sent, Buffer.from(`${name}:${password}`)));
  return user?.name ?? 'wrong';
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
