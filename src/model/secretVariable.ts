/** Parts of names, between underscores or humps: `DB_PASSWORD`, `apiToken`, `AWS_SECRET_ACCESS_KEY`. */
const secretWords =
  /(?:^|_)(?:PASS|PASSWD|PASSWORD|PASSPHRASE|PWD|PW|SECRETS?|TOKENS?|CREDENTIALS?|CREDS|AUTH|APIKEY|DSN|SALT|COOKIE|PRIVATE|CERT|(?:API|ACCESS|SECRET|PRIVATE|ENCRYPTION|SIGNING|MASTER|ACCOUNT|SHARED|LICENSE)_?KEYS?|CONNECTION_?STRING)(?:_|$|\d)/;

/** A file with a secret in it is none, nor is a folder. */
const harmlessName = /_(?:FILE|PATH|DIR|TTL|TIMEOUT|LENGTH|MIN|MAX)$/;

/** `postgres://user:password@host` */
const withPassword = /\w+:\/\/[^\s/:@]*:[^\s/@]+@/;

/** Whether a variable of an environment looks like something that is not for every eye. */
export function looksSecret(name: string, value: string): boolean {
  if (value === '') return false;
  if (withPassword.test(value)) return true;
  const parts = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^\w]+/g, '_')
    .toUpperCase();
  // The shell's own word for its working directory.
  if (parts === 'PWD' || parts === 'OLDPWD' || harmlessName.test(parts)) return false;
  return secretWords.test(parts) || /PASSWORD|PASSWD|SECRET|APIKEY|TOKENS?$/.test(parts.replaceAll('_', ''));
}

/** Stands for a value that is not shown; says nothing of its length. */
export const mask = '••••••••';
