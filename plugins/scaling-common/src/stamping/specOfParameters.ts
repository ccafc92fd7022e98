import { ServiceSpec, serviceSpecSchema } from './ServiceSpec';

type Values = Readonly<Record<string, unknown>>;

/**
 * What the values of a form say of a service, not checked: the pieces of its
 * `decision`, then the values that are named as fields of {@link ServiceSpec}, then
 * the flat `minReplicas`, `maxReplicas`, `cpu` and `memory`. What comes later wins;
 * what is empty, and what a service does not have (`repoUrl`), is left out.
 *
 * @param fixed - what a template says itself; the form's values win
 * @public
 */
export function specOfParameters(
  parameters: Readonly<Record<string, unknown>>,
  fixed: Readonly<Record<string, unknown>> = {},
): Partial<ServiceSpec> {
  const spec = {
    ...known(fixed),
    ...known(objectOf(parameters.decision)),
    ...known(parameters),
  };
  const replicas = merged(spec.replicas, {
    min: parameters.minReplicas,
    max: parameters.maxReplicas,
  });
  const requests = merged(spec.requests, {
    cpu: parameters.cpu,
    memory: parameters.memory,
  });
  // Nothing is checked here: who uses it parses it.
  return {
    ...spec,
    ...(replicas && { replicas }),
    ...(requests && { requests }),
  } as Partial<ServiceSpec>;
}

/** Values that are named as fields and are something. */
function known(values: Values): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(serviceSpecSchema.shape)
      .map(name => [name, values[name]] as const)
      .filter(([, value]) => isSomething(value)),
  );
}

function merged(before: unknown, flat: Values): Values | undefined {
  const more = Object.entries(flat).filter(([, value]) => isSomething(value));
  return more.length > 0
    ? { ...objectOf(before), ...Object.fromEntries(more) }
    : undefined;
}

/** A form leaves undefined, an empty text or an empty object where nothing was chosen. */
function isSomething(value: unknown): boolean {
  return (
    value !== undefined &&
    value !== null &&
    value !== '' &&
    !(typeof value === 'object' && Object.keys(value).length === 0)
  );
}

function objectOf(value: unknown): Values {
  return typeof value === 'object' && value !== null ? (value as Values) : {};
}
