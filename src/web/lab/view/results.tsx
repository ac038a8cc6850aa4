import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { drawFigure } from '../../../output/document/figure/draw-figure.ts';
import { formatText } from '../../../output/format/format-text.ts';
import { saveFile } from '../../browser/save-file.ts';
import { Printed } from './data-panel.tsx';
import { Choice, Fault, type Part } from './parts.tsx';

/** Whether the page is as wide as a telephone. */
function useNarrow(): boolean {
  const query = useMemo(() => matchMedia('(max-width:40rem)'), []);
  const isNarrow = useSignal(query.matches);
  useEffect(() => {
    const follow = (): void => {
      isNarrow.value = query.matches;
    };
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isNarrow.value;
}

/** Tables side by side, figures, and what can be taken away. */
export function Results({ store }: Part) {
  const { say, shown, faults } = store;
  if (shown.value.tables === '') return null;
  return (
    <section aria-labelledby="results-title">
      <h2 id="results-title">{say('results')}</h2>
      <TakeAway store={store} />
      <Fault store={store} of={faults.value.taken} />
      <Printed markup={shown.value.tables} label={say('tables')} />
      <Figures store={store} />
    </section>
  );
}

const documents = [
  ['docx', 'word'],
  ['xlsx', 'excel'],
  ['tex', 'latex'],
  ['csv', 'csv'],
] as const;
const scripts = [
  ['stata', 'do'],
  ['r', 'R'],
  ['python', 'py'],
] as const;

function TakeAway({ store }: Part) {
  const { say, state, takeDocument, takeScript, takeStudy } = store;
  const { unit, time } = state.value.panel;
  const hasPanel = unit !== '' && time !== '';
  return (
    <fieldset class="take">
      <legend>{say('take_away')}</legend>
      {documents.map(([format, key]) => (
        <button key={format} type="button" onClick={() => takeDocument(format)}>
          {say(key)}
        </button>
      ))}
      {scripts.map(([program, ending]) => (
        <button key={program} type="button" onClick={() => takeScript(program, ending)}>
          {say(program)}
        </button>
      ))}
      <button
        type="button"
        disabled={!hasPanel}
        title={say(hasPanel ? 'study_hint' : 'panel_hint')}
        onClick={takeStudy}
      >
        {say('study')}
      </button>
    </fieldset>
  );
}

function Figures({ store }: Part) {
  const { say, shown, state } = store;
  const chosen = useSignal(0);
  const { figures } = shown.value;
  const { language } = state.value;
  // Letters are read at the size of a column where the page is one.
  const width = useNarrow() ? 'column' : 'page';
  const figure = figures[Math.min(chosen.value, figures.length - 1)];
  if (figure === undefined) return null;
  const titles = figures.map(({ title }) => formatText(title, language));
  return (
    <>
      <h3>{say('figures')}</h3>
      {figures.length < 2 ? null : (
        <Choice
          label={say('figure_of')}
          value={String(chosen.value)}
          options={titles.map((label, i) => ({ value: String(i), label }))}
          onChange={(value) => {
            chosen.value = Number(value);
          }}
        />
      )}
      {/* Drawn by the program, which lets nothing of the data be markup. */}
      <figure
        class="figure"
        dangerouslySetInnerHTML={{ __html: drawFigure(figure, language, () => document, { embedded: true, width }) }}
      />
      <button
        type="button"
        onClick={() =>
          saveFile(
            'figure.svg',
            drawFigure(figure, language, () => document),
            'image/svg+xml',
          )
        }
      >
        {say('save_figure')}
      </button>
    </>
  );
}
