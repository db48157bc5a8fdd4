import { download, type Come, type Format, type Pass } from '../store/api.ts';
import { failure, t } from '../words/index.ts';
import { reading } from '../words/language.svelte.ts';
import { sizeOf } from './size.ts';

const AT_FIRST_S = 2;

/** A document on its way to this device: one at a time; it can be called off, and asked for again. */
export class Fetching {
  /** What is being made. */
  format = $state<Format | null>(null);
  /** What did not come, and why. */
  failed = $state<{ format: Format; why: string } | null>(null);
  /** What came last. */
  came = $state<Format | null>(null);
  /** How much has come; null while it is still made. */
  private come = $state<Come | null>(null);
  private seconds = $state(0);
  private calling: AbortController | undefined;

  /** How far it is: for how long it has been made, then how much of it is here. */
  get far(): string {
    if (this.come) {
      const [have, all] = [sizeOf(this.come.have), this.come.all];
      return all === null ? t('take.some', { have }) : t('take.part', { have, all: sizeOf(all) });
    }
    return this.seconds < AT_FIRST_S ? t('close.getting') : t('take.making', { seconds: this.seconds });
  }

  async take(pass: Pass, format: Format): Promise<void> {
    this.callOff();
    const calling = (this.calling = new AbortController());
    [this.format, this.failed, this.came, this.come, this.seconds] = [format, null, null, null, 0];
    const ticking = setInterval(() => this.seconds++, 1_000);
    calling.signal.addEventListener('abort', () => {
      clearInterval(ticking);
    });
    try {
      await download(pass, format, reading.language, calling.signal, (come) => {
        if (!calling.signal.aborted) this.come = come;
      });
      if (!calling.signal.aborted) this.came = format;
    } catch (error) {
      if (!calling.signal.aborted) this.failed = { format, why: failure(error) };
    }
    clearInterval(ticking);
    if (this.calling === calling) this.format = null;
  }

  callOff(): void {
    this.calling?.abort();
    this.format = null;
  }
}
