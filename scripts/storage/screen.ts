/** Of a stream, what is written to. */
export interface Output {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean | undefined;
  /** Characters of a line; of a terminal only. */
  readonly columns?: number | undefined;
}

/** Between two looks of a progress line: in a terminal, and where each is a line of a log. Milliseconds. */
const redrawMs = 200;
const logMs = 5_000;
/** Of a terminal that does not say. */
const usualColumns = 80;
const clearLine = '\r\u001b[K';

/**
 * Lines for a person, and below them one that tells how far it is: in a terminal it is written over, elsewhere it comes
 * again every some seconds.
 */
export class Screen {
  readonly #output: Output | null;
  readonly #now: () => number;
  #hasProgress = false;
  #toldAt: number;

  /** Null: nobody reads it. */
  constructor(output: Output | null, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
    // In a log, what is over at once needs no line about how far it is.
    this.#toldAt = output?.isTTY === true ? -Infinity : now();
  }

  /** Lines; whatever in them would move the cursor is shown as what it is. */
  say(text: string): void {
    this.#clear();
    this.#output?.write(`${text.split('\n').map(printable).join('\n')}\n`);
  }

  /** `textOf` is asked only when it is time to show something. */
  progress(textOf: () => string): void {
    if (this.#output === null) return;
    const { isTTY = false, columns = 0 } = this.#output;
    const now = this.#now();
    if (now - this.#toldAt < (isTTY ? redrawMs : logMs)) return;
    this.#toldAt = now;
    const text = printable(textOf());
    if (!isTTY) this.#output.write(`${text}\n`);
    else {
      // A line that is too long would go on in the next, which is not written over.
      const width = columns > 0 ? columns : usualColumns;
      this.#output.write(`${clearLine}${Array.from(text).slice(0, width - 1).join('')}`);
      this.#hasProgress = true;
    }
  }

  /** The line that was written over is gone. */
  end(): void {
    this.#clear();
  }

  #clear(): void {
    if (this.#hasProgress) this.#output?.write(clearLine);
    this.#hasProgress = false;
  }
}

/**
 * Names come from anywhere. What would move a terminal's cursor, or turn the direction of writing, is shown as what it is
 * (Unicode Technical Report 36, "Bidirectional Text Spoofing").
 */
export const printable = (name: string): string =>
  name.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
