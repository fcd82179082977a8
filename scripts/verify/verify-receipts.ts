import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkFile, checkObject, readReceipt } from './check.ts';
import { type Finding, CannotCheck, describe } from './findings.ts';

const usage = `npm run verify -- receipt.json [receipt.json …] [options]
  --file VIDEO   also compare this file with the receipt (one receipt)
  --json         the findings as JSON

Credentials: from the environment (R2_ACCESS_KEY_ID and R2_SECRET_ACCESS_KEY, or AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN), else from this computer's keychain, where Remessa keeps them.
Ends with 0 when every object is proved to be the one of its receipt, with 1 when one is not, with 2 when it cannot be
told.`;

/** The whole program; returns its exit code. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { file: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help === true || positionals.length === 0 || (values.file !== undefined && positionals.length > 1)) {
    process.stdout.write(`${usage}\n`);
    return values.help === true ? 0 : 2;
  }
  const findings: Finding[] = [];
  for (const path of positionals) findings.push(await check(fromHere(path), values.file && fromHere(values.file)));
  if (values.json === true) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else for (const finding of findings) process.stdout.write(`${describe(finding)}\n`);
  return Math.max(...findings.map(({ code }) => code));
}

/** npm goes to the project's folder; paths mean the one that it was called in. */
const fromHere = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path);

async function check(path: string, file: string | undefined): Promise<Finding> {
  try {
    const receipt = await readReceipt(path);
    const report = await checkObject(receipt, path);
    const isSameFile = file === undefined ? null : await checkFile(receipt, file);
    const code = report.passed && isSameFile !== false ? 0 : 1;
    return { path, key: receipt.object.key, code, report, isSameFile, problem: null };
  } catch (error) {
    if (!(error instanceof CannotCheck)) throw error;
    return { path, key: null, code: 2, report: null, isSameFile: null, problem: error.message };
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
  process.exitCode = 2;
}
