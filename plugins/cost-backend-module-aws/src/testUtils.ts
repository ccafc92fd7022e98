/**
 * What reads a bill, which benches and peers run without a portal around it. No stable
 * API.
 *
 * @packageDocumentation
 */
export { CostExplorerSource } from './costExplorer/CostExplorerSource';
export { FolderFiles } from './files/FolderFiles';
export { S3Files } from './files/S3Files';
export { FocusExportSource } from './FocusExportSource';
