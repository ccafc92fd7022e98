import { LoggerService } from '@backstage/backend-plugin-api';

/** A logger that writes warnings and errors to stderr, so that stdout holds nothing but results. */
export function stderrLogger(): LoggerService {
  const say = (level: string) => (message: string | Error) => {
    process.stderr.write(`${level}: ${message}\n`);
  };
  const silent = () => {};
  const logger: LoggerService = {
    error: say('error'),
    warn: say('warn'),
    info: silent,
    debug: silent,
    child: () => logger,
  };
  return logger;
}
