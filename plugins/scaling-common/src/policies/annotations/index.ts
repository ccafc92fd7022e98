export type { AnnotatedSubject } from './AnnotatedSubject';
export * from './names';
export { readAnnotationPolicy } from './readAnnotationPolicy';
export type { AnnotationPolicy } from './readAnnotationPolicy';
export { readRestraints } from './readRestraints';
export type { AnnotatedHold, Restraints } from './readRestraints';
