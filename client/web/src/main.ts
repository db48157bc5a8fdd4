import '@fontsource-variable/atkinson-hyperlegible-next';
import './theme.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { followTheme } from './parts/theme.svelte.ts';
import { language } from './words/index.ts';

document.documentElement.lang = language;
followTheme();
const target = document.getElementById('app');
if (target) mount(App, { target });
