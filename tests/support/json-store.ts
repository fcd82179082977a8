import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** electron-store without Electron: one JSON file, and a SyntaxError where it is not JSON. */
export class JsonStore {
  readonly #path: string;

  constructor({ cwd, name }: { readonly cwd: string; readonly name: string }) {
    this.#path = join(cwd, `${name}.json`);
    JSON.parse(this.#text());
  }

  get store(): unknown {
    return JSON.parse(this.#text());
  }

  set store(value: unknown) {
    writeFileSync(this.#path, JSON.stringify(value));
  }

  #text(): string {
    return existsSync(this.#path) ? readFileSync(this.#path, 'utf8') : '{}';
  }
}
