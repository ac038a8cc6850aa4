import { openFolders } from '../mcp/folders.ts';
import { type ServerFrame, serveTools } from '../mcp/serve.ts';

/** `kaya mcp`: the commands as tools of the Model Context Protocol, over this process's streams. @throws file-not-found */
export async function runMcp(folders: readonly string[], frame: ServerFrame): Promise<void> {
  const opened = openFolders(folders.length === 0 ? ['.'] : folders);
  await serveTools(opened, frame, { input: process.stdin, output: process.stdout });
}
