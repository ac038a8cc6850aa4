import { h, render } from 'preact';
import { unpacked, unpackedText } from '../browser/packed.ts';
import { followLanguage } from './page-words.ts';
import { reportParts } from './report-parts.ts';
import { VersionPanel } from './version-panel.tsx';
import { versionState } from './version-state.ts';

/*
 * What makes a report live: the panel and the estimators that stand in it, and a form that changes what the authors assumed. A report
 * without them stays as it is.
 */

async function start(): Promise<void> {
  const [study, worker] = ['kaya-study', 'kaya-worker'].map((id) => document.getElementById(id)?.textContent ?? '');
  const host = document.getElementById('version');
  if (study === undefined || study === '' || worker === undefined || host === null) return;
  const [code, packed] = await Promise.all([unpackedText(worker), unpacked(study)]);
  followLanguage(document.documentElement);
  const state = versionState(code, packed, reportParts(document));
  host.hidden = false;
  render(h(VersionPanel, { state }), host);
}

void start();
