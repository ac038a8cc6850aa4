import type { Browser, Page } from 'playwright-core';

export interface OfflinePage {
  readonly page: Page;
  /** All that the page asked for, itself first. */
  readonly requests: readonly string[];
  /** What went wrong in it, and what it complained of. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

export interface HowOpened {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly script?: boolean;
  /** What runs in the page before its own scripts. */
  readonly first?: () => void;
}

/** Opens a page with everything but the file itself refused; what it asks for and what goes wrong is kept. */
export async function openOffline(
  browser: Browser,
  address: string,
  { width = 1280, height = 900, dark = false, script = true, first }: HowOpened = {},
): Promise<OfflinePage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: script,
    offline: true,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  if (first !== undefined) await page.addInitScript(first);
  const requests: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(address);
  return { page, requests, faults, close: () => context.close() };
}
