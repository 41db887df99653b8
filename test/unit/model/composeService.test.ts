import { describe, expect, test } from 'vitest';
import { unsaidByCompose, writeComposeFile } from '../../../src/model/composeService.ts';
import { writeDockerRunLine } from '../../../src/model/dockerRunLineWriter.ts';
import { noExtras, printGoDuration, type RunExtras } from '../../../src/model/runExtras.ts';
import { plainRun, type RunOptions } from '../../../src/model/runOptions.ts';

const web: RunOptions = {
  ...plainRun,
  name: 'web',
  image: 'registry.test:5000/shop/web:1',
  entrypoint: 'sh',
  command: ['-c', 'echo $HOME'],
  ports: [
    { hostIp: '127.0.0.1', hostPort: '8080', containerPort: 80, protocol: 'tcp' },
    { hostIp: '', hostPort: '', containerPort: 53, protocol: 'udp' },
  ],
  mounts: [
    { type: 'bind', source: '/srv', target: '/data', isReadOnly: true, extra: 'z' },
    { type: 'volume', source: 'pages', target: '/pages', isReadOnly: false, extra: '' },
    { type: 'tmpfs', source: '', target: '/run', isReadOnly: false, extra: 'size=64m' },
  ],
  env: { PRICE: '5$', EMPTY: '' },
  networks: [
    { name: 'back', aliases: ['web', 'db'], ipAddress: '10.0.0.5' },
    { name: 'front', aliases: [], ipAddress: '' },
  ],
  cpus: 0.5,
  memoryBytes: 64 * 1024 * 1024,
  pidsLimit: 100,
  restart: { name: 'on-failure', maxRetries: 3 },
  labels: { own: 'yes' },
  user: '1000:1000',
};

const extras: RunExtras = {
  ...noExtras,
  isReadOnly: true,
  capAdd: ['NET_ADMIN'],
  capDrop: ['ALL'],
  securityOptions: ['no-new-privileges'],
  ulimits: [{ name: 'nofile', soft: 1024, hard: 2048 }],
  devices: [{ onHost: '/dev/fuse', inContainer: '/dev/fuse', permissions: 'rwm' }],
  sysctls: { 'net.core.somaxconn': '1024' },
  pidMode: 'host',
  ipcMode: 'private',
  shmBytes: 64 * 1024 * 1024,
  memorySwapBytes: -1,
  extraHosts: ['db:10.0.0.1'],
  exposedPorts: ['9000/tcp'],
  hasInit: true,
  stopSignal: 'SIGINT',
  stopSeconds: 30,
  healthcheck: {
    test: ['CMD', 'curl', '-f', 'http://localhost/a b'],
    intervalMs: 90_000,
    timeoutMs: 500,
    startPeriodMs: undefined,
    retries: 5,
  },
  runtime: 'runc',
  logDriver: 'json-file',
  logOptions: { 'max-size': '10m' },
};

describe('a container as a Compose service', () => {
  test('says all that it was made with; what is there already is external', () => {
    expect(writeComposeFile(web, extras)).toBe(`services:
  web:
    image: registry.test:5000/shop/web:1
    container_name: web
    entrypoint:
      - sh
    command:
      - "-c"
      - "echo $$HOME"
    restart: on-failure:3
    ports:
      - "127.0.0.1:8080:80"
      - "53/udp"
    volumes:
      - "/srv:/data:ro,z"
      - pages:/pages
    tmpfs:
      - "/run:size=64m"
    environment:
      PRICE: "5$$"
      EMPTY: ""
    networks:
      back:
        aliases:
          - db
        ipv4_address: "10.0.0.5"
      front: {}
    cpus: 0.5
    mem_limit: "64m"
    pids_limit: 100
    user: "1000:1000"
    read_only: true
    cap_add:
      - NET_ADMIN
    cap_drop:
      - ALL
    security_opt:
      - no-new-privileges
    devices:
      - /dev/fuse:/dev/fuse:rwm
    ulimits:
      nofile:
        soft: 1024
        hard: 2048
    sysctls:
      net.core.somaxconn: "1024"
    pid: host
    memswap_limit: -1
    extra_hosts:
      - db:10.0.0.1
    expose:
      - "9000/tcp"
    init: true
    stop_signal: SIGINT
    stop_grace_period: "30s"
    healthcheck:
      test:
        - CMD
        - curl
        - "-f"
        - "http://localhost/a b"
      interval: "1m30s"
      timeout: "500ms"
      retries: 5
    logging:
      driver: json-file
      options:
        max-size: "10m"
    labels:
      own: "yes"
networks:
  back:
    external: true
  front:
    external: true
volumes:
  pages:
    external: true
`);
  });

  test('of one that Compose made is that service, without what Compose adds by itself', () => {
    const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'api', own: '1' };
    const file = writeComposeFile({ ...plainRun, name: 'shop-api-1', image: 'api:dev', labels }, noExtras);
    expect(file).toBe(`services:
  api:
    image: api:dev
    network_mode: bridge
    labels:
      own: "1"
`);
  });

  test.each([
    [[], 'network_mode: bridge'],
    [['host'], 'network_mode: host'],
    [['container:abc'], 'network_mode: container:abc'],
  ])('in the networks %j', (names, line) => {
    const networks = names.map((name) => ({ name, aliases: [], ipAddress: '' }));
    expect(writeComposeFile({ ...plainRun, image: 'a/b:1', networks }, noExtras)).toBe(
      `services:\n  b:\n    image: a/b:1\n    ${line}\n`,
    );
  });

  test('without the entrypoint of its image has an empty one; without its health check none', () => {
    const healthcheck = {
      test: ['NONE'],
      intervalMs: undefined,
      timeoutMs: undefined,
      startPeriodMs: undefined,
      retries: undefined,
    };
    const file = writeComposeFile({ ...plainRun, image: 'a', entrypoint: '' }, { ...noExtras, healthcheck });
    expect(file).toContain('    entrypoint: []\n');
    expect(file).toContain('    healthcheck:\n      disable: true\n');
  });

  test('names what it cannot say', () => {
    expect(unsaidByCompose(web)).toEqual([]);
    expect(unsaidByCompose({ ...web, isRemovedAtEnd: true, publishesAll: true })).toEqual([
      '--rm',
      '--publish-all',
    ]);
  });
});

describe('a container as a docker run line', () => {
  test('has the flags that the form has no field for', () => {
    expect(writeDockerRunLine({ ...plainRun, image: 'web:1' }, extras)).toBe(
      [
        'docker run -d --read-only --cap-add NET_ADMIN --cap-drop ALL --security-opt no-new-privileges',
        '--device /dev/fuse:/dev/fuse:rwm --ulimit nofile=1024:2048 --sysctl net.core.somaxconn=1024 --pid host',
        '--memory-swap -1 --add-host db:10.0.0.1 --expose 9000/tcp --init --stop-signal SIGINT --stop-timeout 30',
        `--health-cmd 'curl -f '\\''http://localhost/a b'\\''' --health-interval 1m30s --health-timeout 500ms`,
        '--health-retries 5 --log-driver json-file --log-opt max-size=10m web:1',
      ].join(' '),
    );
  });

  test.each([
    [0, '0s'],
    [500, '500ms'],
    [90_000, '1m30s'],
    [3_600_000, '1h'],
    [3_661_001, '1h1m1s1ms'],
  ])('%i ms are %s', (ms, text) => {
    expect(printGoDuration(ms)).toBe(text);
  });
});
