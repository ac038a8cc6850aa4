import { existsSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { TableFile } from '../../data/panel/contract.ts';
import type { FirmScan, FirmScanner } from '../../domain/china/registry/scan-contract.ts';
import { scanSchema } from '../../domain/china/registry/scan-schema.ts';
import { at } from '../../error/at.ts';
import { jsonValue } from '../../table/json-text.ts';
import { hashBytes } from '../store/hash.ts';
import { hashFiles } from '../store/hash-files.ts';

/** A scan that an earlier run left, with what it was made of. */
interface KeptScan {
  /** Hash of the bytes of every file, the sheets that are read of it, the rules, the places and the program that scans. */
  readonly key: string;
  /** Hash of the scan as it stands here. */
  readonly sha256: string;
  readonly scan: FirmScan;
}

/**
 * Asks the files first: when every byte of them, the rules, the places and the program are those of the scan at `path`,
 * that scan is given again. Whatever else stands there is left unread, and the tables are scanned.
 * @param path where an earlier run left its scan; null: always scan
 * @param hash of files; in a run that keeps a record of its inputs, by that record
 * @param sheets what the scanner's reader takes of a file; of the others all
 */
export function keptScan(
  path: string | null,
  sheets: Readonly<Record<string, readonly string[]>> = {},
  hash: (paths: readonly string[]) => Promise<readonly (string | null)[]> = hashFiles,
): {
  /** The scanner with the kept scan before it. */
  readonly before: (scanner: FirmScanner) => FirmScanner;
  /** The scan that was given last, with its key, for the next run. */
  readonly text: () => string;
} {
  let text = '';
  return {
    before: (scanner) => ({
      scan: async (files, rules, places) => {
        const key = await scanKey(files, [sheets, rules, places], hash);
        const scan = (path === null ? null : readKept(path, key)) ?? (await scanner.scan(files, rules, places));
        text = `${JSON.stringify({ key, sha256: hashBytes(JSON.stringify(scan)), scan } satisfies KeptScan)}\n`;
        return scan;
      },
    }),
    text: () => text,
  };
}

async function scanKey(
  files: readonly TableFile[],
  settings: readonly unknown[],
  hash: (paths: readonly string[]) => Promise<readonly (string | null)[]>,
): Promise<string> {
  const hashes = await hash(files.map(({ path }) => path));
  const named = files.map(({ name }, i) => [name, at(hashes, i)]);
  return hashBytes(JSON.stringify([programHash(), named, ...settings]));
}

/** In the joined program the file names its parts by the hash of their content: it changes with any line that scans. */
export function programHash(): string {
  const file = new URL('./registry-worker.js', import.meta.url);
  return existsSync(file) ? hashBytes(readFileSync(file)) : '';
}

const headSchema = z.object({ key: z.string(), sha256: z.string(), scan: z.unknown() });

function readKept(path: string, key: string): FirmScan | null {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return null;
  const head = headSchema.safeParse(jsonValue(readFileSync(path, 'utf8')));
  if (!head.success || head.data.key !== key) return null;
  // The hash is that of the scan as `text` wrote it; who can reckon it as well could still have written no scan.
  if (head.data.sha256 !== hashBytes(JSON.stringify(head.data.scan))) return null;
  return scanSchema.safeParse(head.data.scan).data ?? null;
}
