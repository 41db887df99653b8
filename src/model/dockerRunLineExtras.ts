import { printMemorySize } from './memorySize.ts';
import { type Healthcheck, printGoDuration, type RunExtras, withoutUsual } from './runExtras.ts';
import { joinShellWords } from './shellWords.ts';

/** The flags of `docker run` for what the form has no fields for. */
export function extraFlags(asked: RunExtras): readonly string[] {
  const extras = withoutUsual(asked);
  return [
    ...(extras.isPrivileged ? ['--privileged'] : []),
    ...(extras.isReadOnly ? ['--read-only'] : []),
    ...each('--cap-add', extras.capAdd),
    ...each('--cap-drop', extras.capDrop),
    ...each('--security-opt', extras.securityOptions),
    ...each('--group-add', extras.groups),
    ...each(
      '--device',
      extras.devices.map(({ onHost, inContainer, permissions }) =>
        [onHost, inContainer, permissions].filter((part) => part !== '').join(':'),
      ),
    ),
    ...each(
      '--ulimit',
      extras.ulimits.map(({ name, soft, hard }) => `${name}=${String(soft)}:${String(hard)}`),
    ),
    ...each('--sysctl', pairs(extras.sysctls)),
    ...given('--pid', extras.pidMode),
    ...given('--ipc', extras.ipcMode),
    ...given('--uts', extras.utsMode),
    ...given('--userns', extras.usernsMode),
    ...given('--memory-reservation', size(extras.memoryReservationBytes)),
    ...given('--memory-swap', size(extras.memorySwapBytes)),
    ...given('--shm-size', size(extras.shmBytes)),
    ...given('--cpu-shares', count(extras.cpuShares)),
    ...given('--cpu-quota', count(extras.cpuQuotaMicros)),
    ...given('--cpu-period', count(extras.cpuPeriodMicros)),
    ...given('--cpuset-cpus', extras.cpuset),
    ...given('--oom-score-adj', count(extras.oomScoreAdj)),
    ...(extras.isOomKillDisabled ? ['--oom-kill-disable'] : []),
    ...each('--dns', extras.dns),
    ...each('--dns-option', extras.dnsOptions),
    ...each('--dns-search', extras.dnsSearch),
    ...each('--add-host', extras.extraHosts),
    ...each('--expose', extras.exposedPorts),
    ...given('--domainname', extras.domainname),
    ...(extras.hasInit ? ['--init'] : []),
    ...given('--runtime', extras.runtime),
    ...given('--stop-signal', extras.stopSignal),
    ...given('--stop-timeout', count(extras.stopSeconds)),
    ...healthFlags(extras.healthcheck),
    ...given('--log-driver', extras.logDriver),
    ...each('--log-opt', pairs(extras.logOptions)),
  ];
}

/** `docker run` knows only checks that a shell of the container reads. */
function healthFlags(check: Healthcheck | undefined): readonly string[] {
  if (check === undefined) return [];
  const [kind, ...words] = check.test;
  if (kind === 'NONE') return ['--no-healthcheck'];
  return [
    '--health-cmd',
    kind === 'CMD-SHELL' ? words.join(' ') : joinShellWords(words),
    ...given('--health-interval', span(check.intervalMs)),
    ...given('--health-timeout', span(check.timeoutMs)),
    ...given('--health-start-period', span(check.startPeriodMs)),
    ...given('--health-retries', count(check.retries)),
  ];
}

function given(flag: string, value: string): readonly string[] {
  return value === '' ? [] : [flag, value];
}

function each(flag: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value) => [flag, value]);
}

function pairs(record: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(record).map(([name, value]) => `${name}=${value}`);
}

function size(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  return bytes < 0 ? '-1' : printMemorySize(bytes);
}

function count(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

function span(ms: number | undefined): string {
  return ms === undefined ? '' : printGoDuration(ms);
}
