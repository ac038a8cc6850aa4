import type { Expected } from './said.ts';

/** A collection cannot go on now; what was collected is kept. `status` and `message` are the server's own words. */
export interface CollectionStopped {
  reason: 'denied' | 'quota' | 'bad-request' | 'redirected' | 'attempts' | 'long-wait' | 'day-budget';
  /** Without its parameters. */
  url: string;
  status: Expected;
  message: string;
  attempts: number;
  /** When asking again makes sense, in the API's own time; null when no one knows. */
  resumesAt: string | null;
  pages: number;
}
