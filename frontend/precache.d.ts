import type { Plugin } from 'vite';

/** Node's types are not among our dependencies, so the plugin is JavaScript. */
export function precache(): Plugin;
