import type { CauseOf, DiffCause, FileChange } from '../../output/table/run-diff/contract.ts';
import type { Changed, RecordOfRun, RunRecord, StudyResults } from './contract.ts';
import { keyText, type WrittenStudy } from './keys.ts';
import { type Option, optionsOf } from './options.ts';
import { type Part, reachOf } from './reach.ts';

/** What differs in what two runs were made from, and which of it a change can have come from. */
export interface Causes {
  readonly causes: readonly DiffCause[];
  readonly samePanel: boolean | null;
  readonly sameStudy: boolean | null;
  readonly of: (changed: Changed) => CauseOf;
}

/** Of two runs of studies: by their manifests, and as far as results.json says where there is none. */
export function causesOfRuns(
  [a, b]: readonly [RunRecord, RunRecord],
  [x, y]: readonly [StudyResults, StudyResults],
): Causes {
  const samePanel = x.run.panel_sha256 === y.run.panel_sha256;
  const options = optionsOf(a.manifest?.study.written, b.manifest?.study.written);
  const sameStudy = x.run.study_sha256 === y.run.study_sha256;
  const isFileNeeded = options === null && !sameStudy;
  const files = fileCauses(a.manifest, b.manifest);
  const made: readonly DiffCause[] = [
    ...versionCauses([a, b], [x, y]),
    ...files,
    ...(isFileNeeded ? [{ kind: 'settings', file: studyFile, change: 'changed' } as const] : []),
    ...drawCauses(x, y),
  ];
  const hands = [...handCauses(a, 'a'), ...handCauses(b, 'b')];
  const studies = [a, b].flatMap(({ manifest }): WrittenStudy[] => {
    const { written } = manifest?.study ?? {};
    return written === undefined ? [] : [written];
  });
  const published = studies.map((study) => study.published);
  const reached = new Map<Part, ReadonlySet<Part>>();
  const reach = (part: Part): ReadonlySet<Part> => {
    const parts = reached.get(part) ?? reachOf(part, studies);
    reached.set(part, parts);
    return parts;
  };
  const canCome = (cause: DiffCause, { what, file }: Changed): boolean => {
    const isOfPanel = !samePanel && what !== 'print' && what !== 'order';
    if (cause.kind === 'hand') return cause.files.includes(file);
    // What the engine makes is the panel.
    if (cause.kind === 'version') return cause.name !== 'engine' || isOfPanel;
    if (cause.kind !== 'settings') return isOfPanel;
    return published.includes(cause.file) ? what === 'claim' : cause.file === studyFile || isOfPanel;
  };
  return {
    causes: [...made, ...(options ?? []).map(causeOf), ...hands],
    samePanel,
    sameStudy,
    of: (changed) => {
      const kinds = [...made, ...hands].flatMap((one) =>
        one.kind !== 'option' && canCome(one, changed) ? [one.kind] : [],
      );
      const parts = changed.part === null ? null : reach(changed.part);
      const touching = (options ?? []).filter((option) => option.touches(changed.what, parts, samePanel));
      return { among: [...new Set(kinds), ...touching.map(({ path }) => ({ option: keyText(path) }))] };
    },
  };
}

/** How the study file is called of a run that recorded none of its keys. */
const studyFile = 'study.yaml';

function causeOf({ path, a, b, followers }: Option): DiffCause {
  return { kind: 'option', key: keyText(path), a, b, followed_by: followers.map(keyText) };
}

function versionCauses(
  [a, b]: readonly [RunRecord, RunRecord],
  [x, y]: readonly [StudyResults, StudyResults],
): readonly DiffCause[] {
  const of = ({ manifest }: RunRecord, { run, kaya }: StudyResults): Readonly<Record<string, string | null>> => ({
    kaya,
    engine: run.engine,
    node: manifest?.versions.node ?? null,
    generator: run.generator === null ? null : String(run.generator),
  });
  const [first, second] = [of(a, x), of(b, y)];
  return Object.keys(first).flatMap((name): readonly DiffCause[] => {
    const [before = null, after = null] = [first[name], second[name]];
    // Node is on record in a manifest alone.
    const isKnown = name !== 'node' || (before !== null && after !== null);
    return before === after || !isKnown ? [] : [{ kind: 'version', name, a: before, b: after }];
  });
}

/** Files that were read: data, files of the program, and texts that say how data are used; the study file is told by its keys. */
function fileCauses(a: RecordOfRun | null, b: RecordOfRun | null): readonly DiffCause[] {
  if (a === null || b === null) return [];
  const own = [a, b].map(({ study }) => (study.file ?? studyFile).replace(/^.*\//, ''));
  const names = [...new Set([...Object.keys(a.inputs), ...Object.keys(b.inputs)])].sort();
  return names.flatMap((file): readonly DiffCause[] => {
    const change = fileChange(a.inputs[file]?.sha256, b.inputs[file]?.sha256);
    if (change === null || own.includes(file)) return [];
    if (file.startsWith('kaya:')) return [{ kind: 'shipped', file, change }];
    return [{ kind: /\.ya?ml$/i.test(file) ? 'settings' : 'data', file, change }];
  });
}

/** How a file changed, by its hashes; null for the same bytes. */
export function fileChange(a: string | undefined, b: string | undefined): FileChange | null {
  if (a === b) return null;
  return a === undefined ? 'added' : b === undefined ? 'removed' : 'changed';
}

function drawCauses(a: StudyResults, b: StudyResults): readonly DiffCause[] {
  const of = ({ synthetic, run: { seed, scale } }: StudyResults) => ({ synthetic, seed, scale });
  const [first, second] = [of(a), of(b)];
  return (['synthetic', 'seed', 'scale'] as const).flatMap((name): readonly DiffCause[] =>
    first[name] === second[name] ? [] : [{ kind: 'draw', name, a: first[name], b: second[name] }],
  );
}

function handCauses({ altered }: RunRecord, side: 'a' | 'b'): readonly DiffCause[] {
  const files = altered.flatMap((one) => (one.kind === 'changed' || one.kind === 'missing' ? [one.name] : []));
  return files.length === 0 ? [] : [{ kind: 'hand', side, files }];
}
