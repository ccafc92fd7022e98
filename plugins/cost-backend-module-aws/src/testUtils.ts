/**
 * What reads an export, which benches run without a portal around it. No stable
 * API.
 *
 * @packageDocumentation
 */
export { FolderFiles } from './files/FolderFiles';
export { FocusExportSource } from './FocusExportSource';
