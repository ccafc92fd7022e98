/**
 * The sources of a demo cluster, which benches read without a portal around them.
 * No stable API.
 *
 * @packageDocumentation
 */
export { DemoPriceSource, DemoUsageSource } from './sources';
export { TelemetryClient } from './TelemetryClient';
