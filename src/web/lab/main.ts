import { h, render } from 'preact';
import { keepFocus } from '../browser/keep-focus.ts';
import { unpackedText } from '../browser/packed.ts';
import { labStore } from './store.ts';
import { Lab } from './view/lab.tsx';

/** The text of an element that holds something packed. */
function heldIn(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}

/** Browsers refuse an address that changes with every letter. */
const addressPause = 250;

/** Calls once it has been quiet, with what came last. */
function lastOfMany(call: (text: string) => void): (text: string) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(text), addressPause);
  };
}

async function begin(): Promise<void> {
  const root = document.getElementById('lab');
  if (root === null) return;
  const code = await unpackedText(heldIn('program'));
  const store = labStore({
    code,
    version: document.documentElement.dataset.version ?? '',
    language: navigator.language.startsWith('zh') ? 'zh' : 'en',
    address: location.hash,
    keepAddress: lastOfMany((address) => window.history.replaceState(null, '', address)),
  });
  root.textContent = '';
  keepFocus(root);
  render(h(Lab, { store, licences: () => unpackedText(heldIn('licences')) }), root);
}

begin();
