/** Light or dark: what the person chose on this device, or else what the device prefers. */

const KEY = 'plenary.theme';

class Theme {
  dark = $state(false);
}

export const theme = new Theme();

function chosen(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function apply(prefersDark: boolean): void {
  const choice = chosen();
  theme.dark = choice === null ? prefersDark : choice === 'dark';
  document.documentElement.dataset['theme'] = theme.dark ? 'dark' : 'light';
}

export function followTheme(): void {
  const device = window.matchMedia('(prefers-color-scheme: dark)');
  device.addEventListener('change', () => {
    apply(device.matches);
  });
  apply(device.matches);
}

export function toggleTheme(): void {
  try {
    localStorage.setItem(KEY, theme.dark ? 'light' : 'dark');
  } catch {
    // Nothing is kept in a private window; the switch still holds until the page goes.
  }
  theme.dark = !theme.dark;
  document.documentElement.dataset['theme'] = theme.dark ? 'dark' : 'light';
}
