import { labLook } from './look.ts';
import { say } from './words/say.ts';

/** What the page is put together from. */
export interface LabPage {
  readonly version: string;
  /** The page's own script, and its SHA-256 in base64. */
  readonly script: string;
  readonly scriptHash: string;
  /** The program beside the page and the licences of its parts: gzip, in base64. */
  readonly packedProgram: string;
  readonly packedLicences: string;
}

/**
 * The page as one file. Its policy lets nothing be asked of any network: no connection, no image, font or frame from elsewhere, one
 * script by its hash, and a worker from what the page holds itself.
 */
export function labPage({ version, script, scriptHash, packedProgram, packedLicences }: LabPage): string {
  const policy = [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src 'sha256-${scriptHash}'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en" data-version="${version}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${say('en', 'title')}</title>
<style>${labLook}</style>
</head>
<body>
<div id="lab"><p class="old">${say('en', 'old_browser')} ${say('zh', 'old_browser')}</p></div>
<script id="program" type="text/plain">${packedProgram}</script>
<script id="licences" type="text/plain">${packedLicences}</script>
<script>${script}</script>
</body>
</html>
`;
}
