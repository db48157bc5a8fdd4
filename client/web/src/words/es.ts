import { again } from './es/again.ts';
import { app } from './es/app.ts';
import { arrive } from './es/arrive.ts';
import { board } from './es/board.ts';
import { bring } from './es/bring.ts';
import { console } from './es/console.ts';
import { door } from './es/door.ts';
import { giving } from './es/giving.ts';
import { gone } from './es/gone.ts';
import { hook } from './es/hook.ts';
import { issues } from './es/issues.ts';
import { keys } from './es/keys.ts';
import { levers } from './es/levers.ts';
import { monitor } from './es/monitor.ts';
import { people } from './es/people.ts';
import { runsheet } from './es/runsheet.ts';
import { paper } from './es/paper.ts';
import { plan } from './es/plan.ts';
import { screen } from './es/screen.ts';
import { quote } from './es/quotes.ts';
import { source } from './es/sources.ts';
import { stacks } from './es/stacks.ts';
import { refusals } from './es.refusals.ts';
import type { Catalogue } from './language.svelte.ts';

/** Every word that people read, in Spanish; the checker names those that English has and this one lacks. */
const words: Catalogue['words'] = {
  ...app,
  ...arrive,
  ...issues,
  ...board,
  ...bring,
  ...stacks,
  ...keys,
  ...people,
  ...console,
  ...levers,
  ...monitor,
  ...door,
  ...runsheet,
  ...screen,
  ...plan,
  ...paper,
  ...quote,
  ...source,
  ...again,
  ...giving,
  ...gone,
  ...hook,
};

export const es: Catalogue = { words, refusals };
