/** What has the annotations. @public */
export type AnnotatedSubject =
  | {
      on: 'workload';
      cluster: string;
      namespace: string;
      kind: string;
      name: string;
    }
  | {
      on: 'entity';
      /** Full, e.g. `component:default/web`. */ entityRef: string;
    };

/** What it is called in sentences. @internal */
export function nameOf(subject: AnnotatedSubject): string {
  return subject.on === 'entity'
    ? subject.entityRef
    : `${subject.kind} ${subject.namespace}/${subject.name}`;
}
