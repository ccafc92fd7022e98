/**
 * The metrics that stamped services tell, by the names that autoscalers, alerts,
 * dashboards and unit costs ask for. Seconds are in the name of what is in seconds;
 * names are those of Prometheus' own advice (a unit, `_total` for counters).
 *
 * @public
 */
export const SERVICE_METRICS = {
  /** Counter by method, route and status. */
  requests: 'http_requests_total',
  /** Histogram by method, route and status. */
  requestSeconds: 'http_request_duration_seconds',
  /** Gauge: requests that wait for the device. */
  queueDepth: 'inference_queue_depth',
  /** Gauge: requests that the device computes. */
  runningRequests: 'inference_running_requests',
  /** Counter by outcome: done, duplicate, rejected, returned, lost. */
  messages: 'batch_messages_total',
  /** Gauge: Unix seconds of a training's newest checkpoint. */
  checkpointAt: 'training_last_checkpoint_timestamp_seconds',
} as const;
