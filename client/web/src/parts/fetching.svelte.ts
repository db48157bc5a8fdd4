import { download, type Format, type Pass } from '../store/api.ts';
import { failure } from '../words/index.ts';
import { reading } from '../words/language.svelte.ts';

/** A document on its way to this device: one at a time; it can be called off. */
export class Fetching {
  /** What is being made. */
  format = $state<Format | null>(null);
  /** Why the last one did not come. */
  failed = $state<string | null>(null);
  private calling: AbortController | undefined;

  async take(pass: Pass, format: Format): Promise<void> {
    this.callOff();
    const calling = (this.calling = new AbortController());
    [this.format, this.failed] = [format, null];
    try {
      await download(pass, format, reading.language, calling.signal);
    } catch (error) {
      if (!calling.signal.aborted) this.failed = failure(error);
    }
    if (this.calling === calling) this.format = null;
  }

  callOff(): void {
    this.calling?.abort();
    this.format = null;
  }
}
