import { again } from './en/again.ts';
import { app } from './en/app.ts';
import { arrive } from './en/arrive.ts';
import { board } from './en/board.ts';
import { bring } from './en/bring.ts';
import { console } from './en/console.ts';
import { door } from './en/door.ts';
import { giving } from './en/giving.ts';
import { gone } from './en/gone.ts';
import { hook } from './en/hook.ts';
import { issues } from './en/issues.ts';
import { keys } from './en/keys.ts';
import { levers } from './en/levers.ts';
import { monitor } from './en/monitor.ts';
import { people } from './en/people.ts';
import { runsheet } from './en/runsheet.ts';
import { paper } from './en/paper.ts';
import { plan } from './en/plan.ts';
import { screen } from './en/screen.ts';
import { quote } from './en/quotes.ts';
import { source } from './en/sources.ts';
import { stacks } from './en/stacks.ts';

/** Every word that people read, in English. `{name}` is filled in; `one|other` follows `{n}`. */
export const en = {
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
} as const;

export type Word = keyof typeof en;
