import { h, render } from 'preact';
import { unpackedText } from '../browser/packed.ts';
import { labStore } from './store.ts';
import { Lab } from './view/lab.tsx';

/** The text of an element that holds something packed. */
function heldIn(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
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
    keepAddress: (address) => window.history.replaceState(null, '', address),
  });
  root.textContent = '';
  render(h(Lab, { store, licences: () => unpackedText(heldIn('licences')) }), root);
}

begin();
