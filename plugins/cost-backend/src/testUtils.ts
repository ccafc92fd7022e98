/**
 * The parts of the back end that benches and peers run without a portal around
 * them. No stable API. INTERNAL, together with a store, reads everybody's
 * figures and asks no permission: it is here for them, never for a request.
 *
 * @packageDocumentation
 */
export { Calendar } from './core/Calendar';
export { CostSources } from './core/CostSources';
export { Currencies } from './core/Currencies';
export type { CostConfig } from './core/config/CostConfig';
export { readCostConfig } from './core/config/readCostConfig';
export { parseFleetRequest } from './core/report/ReportRequest';
export { BillStore } from './database/BillStore';
export { ChargeStore } from './database/ChargeStore';
export { DigestStore } from './database/DigestStore';
export { createEntityMirror } from './database/entityMirror';
export { GpuStore } from './database/GpuStore';
export { MEASURES } from './database/measures';
export { migrationsDirectory } from './database/openDatabase';
export { INTERNAL } from './database/scope';
export { ScopedStores } from './database/ScopedStores';
export { AdviceJob } from './features/advice/AdviceJob';
export { BillExport } from './features/bill/BillExport';
export { BillImport } from './features/bill/BillImport';
export { focusCsv } from './features/cost/charges';
export { GpuReportFold } from './features/gpu/GpuReportFold';
export { IngestService } from './features/ingest/IngestService';
