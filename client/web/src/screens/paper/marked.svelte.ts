/** Whether something is chosen, for who shows it. */
export class Marked {
  on = $state(false);
}
