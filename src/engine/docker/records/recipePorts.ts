import { type JsonObject, list, object, text } from '../../../base/json.ts';
import { type PortMapping, portProtocols } from '../../../model/runOptions.ts';

/** The ports as they were asked for: one of the engine's choice stays its choice. */
export function portsOf(host: JsonObject): readonly PortMapping[] {
  return Object.entries(object(host['PortBindings'])).flatMap(([name, bindings]) => {
    const [port = '', word = 'tcp'] = name.split('/');
    const protocol = portProtocols.find((each) => each === word) ?? 'tcp';
    return list(bindings).map((raw) => {
      const binding = object(raw);
      return {
        hostIp: text(binding['HostIp']),
        // The engine's own way to say “any”.
        hostPort: text(binding['HostPort']).replace(/^0$/, ''),
        containerPort: Number(port),
        protocol,
      };
    });
  });
}
