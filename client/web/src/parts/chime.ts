/** A gentle sound, made here: a bowl that is struck softly and rings out. */

/** What rings: pitch in Hz, how loud, how long in seconds. */
const TONES = [
  [523.25, 0.16, 2.6],
  [783.99, 0.08, 1.9],
  [1_569.6, 0.025, 1.1],
] as const;

let context: AudioContext | null = null;

/** Browsers let a page sound only once somebody has touched it: to be called from there. */
export function ready(): void {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
}

/** Ring, if anybody has touched the page. */
export function chime(): void {
  if (context?.state !== 'running') return;
  const now = context.currentTime;
  for (const [pitch, loud, long] of TONES) {
    const tone = new OscillatorNode(context, { frequency: pitch });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.linearRampToValueAtTime(loud, now + 0.03);
    volume.gain.setTargetAtTime(0, now + 0.05, long / 4);
    tone.connect(volume).connect(context.destination);
    tone.start(now);
    tone.stop(now + long * 1.5);
  }
}
