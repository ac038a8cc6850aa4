import { existsSync, readFileSync } from 'node:fs';

/** What manifest.json of a run says (contract): where everything came from and what was made of it. */
export interface RunManifest {
  readonly kaya: string;
  readonly study: { readonly id: string; readonly sha256: string };
  readonly synthetic: boolean;
  readonly seed: number | null;
  readonly scale: number | null;
  readonly versions: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, { readonly sha256: string; readonly bytes: number | null }>>;
  readonly outputs: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
  /** Wall time of the run that made these outputs. */
  readonly steps: readonly { readonly id: string; readonly seconds: number }[];
}

/**
 * The text of the manifest. When the one in place differs in nothing but its times, it stays: its times are those of the
 * run that made these very bytes, and a repeated run leaves every byte as it was.
 */
export function manifestText(path: string, manifest: RunManifest): string {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  if (!existsSync(path)) return text;
  const old = readFileSync(path, 'utf8');
  return withoutTimes(old) === withoutTimes(text) ? old : text;
}

function withoutTimes(text: string): string | null {
  try {
    const { steps, ...rest } = JSON.parse(text) as RunManifest;
    return JSON.stringify([rest, steps.map(({ id }) => id)]);
  } catch (error) {
    // A manifest that is no JSON, or no manifest, is not the same one.
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}
