/** What is wrong between objects: who selects, reaches and serves whom; old versions. */
export const NETWORK_SENTENCES = {
  K60: '{{target}} is selected by no NetworkPolicy; add one that names who may reach it.',
  K60why: 'Any pod of the cluster may connect to it.',
  K61: '{{field}} matches no pod of any workload; give it the labels of the pods.',
  K61why: 'The policy protects nothing, and looks as if it did.',
  K62: '{{field}} matches no pod of any workload; give it the labels of the pods.',
  K62why: 'Requests to the Service find nobody.',
  K63: '{{field}} is NodePort; write ClusterIP, and an Ingress or Gateway before it.',
  K63why: 'Every node of the cluster serves it on its own address.',
  K64: '{{field}} is {{value}}, and {{target}} has no such port; correct it.',
  K64why:
    'A name that no port has leads nowhere; a number that is not declared is refused, or a port that nobody knows of.',
  K65: '{{field}} is {{value}}, and there is no such Service; correct it.',
  K65why: 'Requests are answered by an error of the controller.',
  K66: '{{field}} is missing; name the secret of a certificate.',
  K66why: 'What people send can be read on the way.',
  K90removed:
    'apiVersion is {{value}}, which Kubernetes {{version}} does not serve any more; write {{right}}.',
  K90deprecated:
    'apiVersion is {{value}}, which is deprecated and ends with Kubernetes {{version}}; write {{right}}.',
  K90other:
    'apiVersion is {{value}}, which {{product}} has replaced; write {{right}}.',
  K90gone:
    'apiVersion is {{value}}, which Kubernetes {{version}} does not serve any more, and nothing took its place; take the object away.',
  K90why:
    'The API server refuses an object of a version that it does not serve.',
} as const;
