import type { Settings } from './settings.ts';

export type Log = Record<
  Settings['logLevel'],
  (message: string, fields?: Record<string, unknown>) => void
>;

const ORDER = ['debug', 'info', 'warn', 'error'] as const;

/** One JSON object a line, on standard output, as log collectors read it. */
export function createLog(
  options: Pick<Settings, 'name' | 'logLevel'>,
  write: (line: string) => void = line => process.stdout.write(line),
): Log {
  const lowest = ORDER.indexOf(options.logLevel);
  const at =
    (level: (typeof ORDER)[number]): Log['info'] =>
    (message, fields = {}) => {
      if (ORDER.indexOf(level) < lowest) return;
      const entry = {
        time: new Date().toISOString(),
        level,
        service: options.name,
        message,
        ...fields,
      };
      write(`${JSON.stringify(entry)}\n`);
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
