import type { Readable, Writable } from 'node:stream';
import { McpServer, type StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import * as z from 'zod';
import type { CommandContext, RunCommand } from '../app/context.ts';
import type { Folders } from './folders.ts';
import { runTool } from './run-tool.ts';
import type { Tool } from './tool.ts';
import { tools } from './tools.ts';

/** What the server stands in: the frame of its command, and the program that calls run. */
export type ServerFrame = Pick<CommandContext, 'language' | 'version' | 'signal'> & { readonly run: RunCommand };

interface Streams {
  readonly input: Readable;
  readonly output: Writable;
}

/** Serves the tools until the caller closes its end or the signal comes. Calls run one after another. */
export async function serveTools(
  folders: Folders,
  { language, run, version, signal }: ServerFrame,
  { input, output }: Streams,
): Promise<void> {
  // One engine at a time: calls wait for the one before, whatever its end.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  const makeServer = (): McpServer => {
    const server = new McpServer({ name: 'kaya', version }, { capabilities: { tools: {} } });
    for (const tool of tools) {
      const { name, title, description, writes } = tool;
      const annotations = { title, readOnlyHint: !writes, openWorldHint: false, destructiveHint: false };
      server.registerTool(
        name,
        { title, description, inputSchema: published(tool.input), annotations },
        (given, call) =>
          inTurn(async () => {
            const stop = AbortSignal.any([signal, call.mcpReq.signal]);
            const answer = await runTool(tool, given, { language, run, folders }, stop);
            const sentence = { type: 'text' as const, text: answer.sentence };
            if (answer.isError) return { isError: true, content: [sentence] };
            // Clients that know no structured content read the document as text.
            const document = { type: 'text' as const, text: JSON.stringify(answer.data) };
            return { content: [sentence, document], structuredContent: answer.data };
          }),
      );
    }
    return server;
  };
  const transport = new StdioServerTransport(input, output);
  const ended = new Promise<void>((resolve) => {
    input.once('end', resolve).once('close', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const handle = serveStdio(makeServer, { transport });
  await ended;
  await handle.close();
  signal.throwIfAborted();
}

/** The schema of a tool, published by zod's own converter: the one that a schema brings along knows no words of a request. */
function published(schema: Tool['input']): StandardSchemaWithJSON<object, object> {
  const asJson = (io: 'input' | 'output') => () => z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return { '~standard': { ...schema['~standard'], jsonSchema: { input: asJson('input'), output: asJson('output') } } };
}
