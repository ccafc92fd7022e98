import { parsePort } from './ports.mjs';
import { Sentence } from './say.mjs';

/** What listens where: the default, and the variable that moves it. app-config.yaml reads the same variables. */
const PORTS = {
  portal: { variable: 'HEADROOM_PORT', port: 3000 },
  backend: { variable: 'HEADROOM_BACKEND_PORT', port: 7007 },
  usWest: { variable: 'HEADROOM_DEMO_US_WEST_PORT', port: 7008 },
  euCentral: { variable: 'HEADROOM_DEMO_EU_CENTRAL_PORT', port: 7009 },
  forge: { variable: 'HEADROOM_DEMO_FORGE_PORT', port: 7011 },
  database: { variable: 'HEADROOM_DATABASE_PORT', port: 7010 },
};

/**
 * The ports of a portal: as given, else from the environment, else the default.
 *
 * @param {Partial<Record<keyof typeof PORTS, string>>} given
 */
export function portalPorts(given = {}, env = process.env) {
  const result = {};
  for (const [name, { variable, port }] of Object.entries(PORTS)) {
    const text = given[name] ?? env[variable];
    result[name] = text ? parsePort(text) : port;
    if (!result[name]) {
      throw new Sentence(
        `"${text}" is not a port: give a number from 1 to 65535 (${variable}).`,
      );
    }
  }
  const numbers = Object.values(result);
  const double = numbers.find((port, at) => numbers.indexOf(port) !== at);
  if (double) {
    throw new Sentence(
      `Port ${double} is asked for twice: give each part of Headroom a port of its own.`,
    );
  }
  return result;
}

/** The environment that tells every part where the others are. */
export function portsEnv(ports) {
  return Object.fromEntries(
    Object.entries(PORTS).map(([name, { variable }]) => [
      variable,
      String(ports[name]),
    ]),
  );
}

/** The variable that moves a port, for messages. */
export const variableOf = name => PORTS[name].variable;
