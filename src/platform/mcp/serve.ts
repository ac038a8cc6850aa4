import type { Readable, Writable } from 'node:stream';
import { McpServer, type StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import * as z from 'zod';
import { limitOf, requireBudget } from '../../error/budget.ts';
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
  const limit = limitOf('message');
  const transport = new StdioServerTransport(input, output, { maxBufferSize: limit });
  let isTooLong = false;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  input.once('end', end).once('close', end);
  signal.addEventListener('abort', end, { once: true });
  const onerror = ({ message }: Error): void => {
    // The transport closes itself at a message that it does not hold, and hears no other.
    if (!/exceeded maximum size/.test(message)) return;
    isTooLong = true;
    end();
  };
  const handle = serveStdio(makeServer, { transport, onerror });
  await ended;
  await handle.close();
  signal.throwIfAborted();
  if (isTooLong) requireBudget('message', limit + 1, 'kaya mcp');
}

/** The schema of a tool, published by zod's own converter: the one that a schema brings along knows no words of a request. */
function published(schema: Tool['input']): StandardSchemaWithJSON<object, object> {
  const asJson = (io: 'input' | 'output') => () => z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return { '~standard': { ...schema['~standard'], jsonSchema: { input: asJson('input'), output: asJson('output') } } };
}
