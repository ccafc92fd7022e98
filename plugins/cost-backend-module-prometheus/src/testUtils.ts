/**
 * The steps by which readings of GPUs become hours, for benches that bring
 * readings of their own. No stable API.
 *
 * @packageDocumentation
 */
export { sharesOfBoards } from './observing/gpu/boardShares';
export { deviceHours } from './observing/gpu/deviceHours';
export { gpuNodes } from './observing/gpu/gpuNodes';
export { GpuReadings } from './observing/gpu/GpuReadings';
export { HourWindow } from './reading/HourWindow';
export { Problems } from './reading/Problems';
