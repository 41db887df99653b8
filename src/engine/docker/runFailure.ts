import type { EngineError } from '../../model/engineError.ts';
import { RunError, type RunProblem } from '../../model/runError.ts';

/** What engines say when they can't make or start a container; the first group is what it is about. Tried in order. */
const sayings: readonly (readonly [RunProblem, RegExp])[] = [
  ['nameTaken', /container name "?\/?([^"\s]+)"? is already in use/i],
  ['portTaken', /Bind for (\S+) failed: port is already allocated/i],
  ['portTaken', /listen (?:tcp|udp|sctp)\d? (\S+?): bind: address already in use/i],
  ['portTaken', /failed to bind (?:host )?port (?:for )?(\S+?):?.*address already in use/i],
  ['noCommand', /no command specified/i],
  ['badPlatform', /no match for platform|does not match the (?:specified|detected) (?:host )?platform/i],
  ['noImage', /no such image: ([^\s]+)/i],
  ['noUser', /unable to find (?:user|group) ([^:\s]+): no matching entries/i],
  ['badWorkingDir', /(?:working directory|chdir to cwd|cwd) [("']*([^"')\s]+)/i],
  ['commandMissing', /exec: "([^"]+)": (?:executable file not found|stat .*no such file)/i],
  ['commandMissing', /exec: "([^"]+)".*no such file or directory/i],
  ['commandMissing', /executable file `([^`]+)` not found|CreateProcess.*cannot find the file/i],
  ['commandDenied', /exec: "([^"]+)".*permission denied/i],
  ['hostPathMissing', /bind source path does not exist: (\S+)/i],
  ['hostPathMissing', /error while creating mount source path '([^']+)'/i],
  ['badMount', /invalid mount (?:config|path)|invalid volume specification|Duplicate mount point: (\S+)/i],
  ['badMount', /not a directory.*Are you trying to mount a directory onto a file|invalid mode: (\S+)/i],
  ['noNetwork', /network (\S+) not found|could not find a network matching network mode (\S+)/i],
  ['badNetwork', /user specified IP address|network-scoped alias|conflicting options/i],
  ['badLimit', /minimum memory limit|range of CPUs|memory limit should|pids? limit/i],
];

/** A failure of a container's making in our terms; any other one stays as it is. */
export function toRunError(error: EngineError): EngineError {
  for (const [problem, pattern] of sayings) {
    const found = pattern.exec(error.message);
    if (found !== null)
      return new RunError(problem, found[1] ?? found[2] ?? '', error.message, error.cause ?? error);
  }
  return error;
}
