import { createWorder } from '@headroom/common';

/**
 * What the source `prometheus` says of an hour.
 *
 * @public
 */
export const PROMETHEUS_SENTENCES = {
  noPodLabels:
    'kube_pod_labels has no labels in this hour, so workloads can only be linked by rules of the configuration and by labels that the Kubernetes API has of them. Start kube-state-metrics with {{flag}}.',
  toldTwice:
    'For some minutes of this hour Prometheus tells of two at once: {{told}}. What is told twice counts once, which is right where one takes over from the other. Where they are of two clusters, select one by a label that tells it from the others, such as headroom.clusters[].prometheus.matchers.{{label}}.',
  scrapesFailed:
    'In this hour scrapes of these targets failed, by the series up: {{targets}}. Each of them should answer within its scrape_timeout, as what it would have told is not known.',
} as const;

/** @public */
export const wordPrometheus = createWorder('prometheus', PROMETHEUS_SENTENCES);
