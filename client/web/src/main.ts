import '@fontsource-variable/atkinson-hyperlegible-next';
import './theme.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { followTheme } from './parts/theme.svelte.ts';
import { keepShell } from './store/shell.ts';
import { followLanguage } from './words/language.svelte.ts';

followTheme();
await followLanguage();
const target = document.getElementById('app');
if (target) mount(App, { target });
keepShell();
