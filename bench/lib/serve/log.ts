export const log = (line: string) => process.stderr.write(`serve: ${line}\n`);
