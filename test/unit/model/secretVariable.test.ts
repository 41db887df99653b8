import { expect, test } from 'vitest';
import { looksSecret } from '../../../src/model/secretVariable.ts';

test.each([
  'DB_PASSWORD',
  'POSTGRES_PASSWORD',
  'MYSQL_PWD',
  'PGPASSWORD',
  'apiToken',
  'GITHUB_TOKEN',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'STRIPE_API_KEY',
  'SENTRY_DSN',
  'CLIENT_SECRET',
  'BASIC_AUTH',
  'db.password',
])('%s is masked', (name) => {
  expect(looksSecret(name, 'x')).toBe(true);
});

test.each([
  'PATH',
  'PWD',
  'HOME',
  'AUTHOR',
  'KEYBOARD',
  'COMPASS',
  'NODE_ENV',
  'PASSENGERS',
  'MONKEY_COUNT',
  'DB_PASSWORD_FILE',
  'TOKEN_TTL',
  'TOKENIZERS_PARALLELISM',
])('%s is not', (name) => {
  expect(looksSecret(name, 'x')).toBe(false);
});

test('a password in an address is masked whatever its name; nothing is no secret', () => {
  expect(looksSecret('DATABASE_URL', 'postgres://app:hunter2@db:5432/shop')).toBe(true);
  expect(looksSecret('DATABASE_URL', 'postgres://db:5432/shop')).toBe(false);
  expect(looksSecret('PROXY', 'http://me@proxy:3128')).toBe(false);
  expect(looksSecret('DB_PASSWORD', '')).toBe(false);
});
