/**
 * A label key as Prometheus' own service discovery, OpenCost and
 * kube-state-metrics 1 write it: every character outside `[a-zA-Z0-9_]` is an
 * underscore, upper case stays.
 *
 * @public
 */
export function sanitizeLabelKey(key: string): string {
  return key.replace(/[^a-zA-Z0-9_]/gu, '_');
}

/**
 * A label key as kube-state-metrics 2 writes it: sanitised, an underscore
 * before each capital that follows a lower-case letter or a digit, then lower
 * case. `acme.io/serviceName` is `acme_io_service_name`, `HTTPServer` is
 * `httpserver`, `aBCd` is `a_bcd` (kube-state-metrics,
 * `internal/store/utils.go`).
 *
 * @public
 */
export function snakeCaseLabelKey(key: string): string {
  return sanitizeLabelKey(key)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLocaleLowerCase('en-US');
}

/** Keys of one pod that became one name get a number each. */
const CONFLICT = /^(.+)_conflict[1-9]\d*$/;

/**
 * The name that several keys of one pod became, of one that kube-state-metrics
 * told apart by a number: `app_name` for `app_name_conflict2`.
 *
 * @public
 */
export function conflictBase(key: string): string | undefined {
  return CONFLICT.exec(key)?.[1];
}

/** Labels as they were found, by their names. @public */
export interface LabelSet {
  labels: Record<string, string>;
  /** Keys went through an exporter. */
  labelsSanitized?: boolean;
  /** Labels of the pod template, from the Kubernetes API, by their real keys. */
  kubernetesLabels?: Record<string, string>;
}

/** What is known of one label. @public */
export interface LabelReading {
  /** Values it may have: none = it is absent, several = it can't be told which. */
  values: string[];
  /** The value is in the Kubernetes API only. */
  fromKubernetes?: boolean;
  /** Names and values that can't be told apart, when there are several values. */
  conflict?: Array<[name: string, value: string]>;
}

/**
 * Reads labels by their Kubernetes key, whatever an exporter made of it. The
 * Kubernetes API is believed first: its keys are the real ones.
 *
 * @public
 */
export function createLabelReader({
  labels,
  labelsSanitized,
  kubernetesLabels = {},
}: LabelSet): (key: string) => LabelReading {
  const conflicts = labelsSanitized ? conflictsOf(labels) : undefined;
  const written = labelsSanitized
    ? new Set(Object.keys(kubernetesLabels).flatMap(namesOf))
    : undefined;

  const readSource = (key: string): LabelReading => {
    if (!labelsSanitized) {
      return { values: valuesAt(labels, key) };
    }
    for (const name of namesOf(key)) {
      const conflict = conflicts?.get(conflictBase(name) ?? name);
      if (written?.has(name)) {
        // It is another key of the pod, which the Kubernetes API knows.
      } else if (conflict) {
        const values = [...new Set(conflict.map(([, value]) => value))];
        return values.length > 1 ? { values, conflict } : { values };
      } else if (Object.hasOwn(labels, name)) {
        return { values: [labels[name]] };
      }
    }
    return { values: [] };
  };

  return key => {
    if (!Object.hasOwn(kubernetesLabels, key)) {
      return readSource(key);
    }
    const value = kubernetesLabels[key];
    const inSource = labelsSanitized
      ? namesOf(key).some(name => labels[name] === value)
      : labels[key] === value;
    return inSource
      ? { values: [value] }
      : { values: [value], fromKubernetes: true };
  };
}

/**
 * Reads the labels that are certain; one that can't be told from another is
 * absent.
 *
 * @public
 */
export function labelReader(of: LabelSet): (key: string) => string | undefined {
  const read = createLabelReader(of);
  return key => {
    const { values } = read(key);
    return values.length === 1 ? values[0] : undefined;
  };
}

/** Names an exporter may have given a key. Kept case first: only old versions write it. */
function namesOf(key: string): string[] {
  const kept = sanitizeLabelKey(key);
  const snake = snakeCaseLabelKey(key);
  return kept === snake ? [kept] : [kept, snake];
}

function valuesAt(labels: Record<string, string>, key: string): string[] {
  return Object.hasOwn(labels, key) ? [labels[key]] : [];
}

function conflictsOf(
  labels: Record<string, string>,
): Map<string, Array<[string, string]>> | undefined {
  let found: Map<string, Array<[string, string]>> | undefined;
  for (const [key, value] of Object.entries(labels)) {
    const base = key.includes('_conflict') ? conflictBase(key) : undefined;
    // Where there is a conflict nothing has the name itself.
    if (base !== undefined && !Object.hasOwn(labels, base)) {
      found ??= new Map();
      const group = found.get(base);
      if (group) {
        group.push([key, value]);
      } else {
        found.set(base, [[key, value]]);
      }
    }
  }
  for (const [base, group] of found ?? []) {
    if (group.length === 1) {
      found?.delete(base); // a label that is really called so
    }
  }
  return found;
}
