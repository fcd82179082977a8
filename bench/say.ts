/** Progress for the person; standard output is for results. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
