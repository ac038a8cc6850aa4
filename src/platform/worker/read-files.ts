import type { RegistryFile } from './registry-file.ts';
import type { SpilledFirms } from './registry-thread.ts';
import type { ScannedParts } from './scan-parts.ts';

/** What was read of some files: their parts, and the firms in them. */
export interface ReadFiles {
  readonly files: readonly RegistryFile[];
  readonly scanned: ScannedParts;
  readonly spilled: readonly SpilledFirms[];
}
