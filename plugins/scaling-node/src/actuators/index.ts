export { ACTION_ANNOTATION, KubernetesActuator } from './KubernetesActuator';
