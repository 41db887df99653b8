// Does inside the extension host what a test asks for over a socket: calls commands, reads Quayside's API, sets settings.
const { createServer } = require('node:http');
const { rmSync } = require('node:fs');
const vscode = require('vscode');

let changes = 0;

async function answer(request) {
  switch (request.kind) {
    case 'execute':
      return (await vscode.commands.executeCommand(request.command, ...request.args)) ?? null;
    case 'api': {
      const api = await vscode.extensions.getExtension('quayside.quayside').activate();
      return { version: api.version, engines: api.engines, changes };
    }
    case 'setting': {
      const { key, value } = request;
      await vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Workspace);
      return null;
    }
    default:
      throw new Error(`unknown request ${request.kind}`);
  }
}

exports.activate = async (context) => {
  const path = process.env.QUAYSIDE_CALLER_SOCKET;
  if (path === undefined) return;
  const api = await vscode.extensions.getExtension('quayside.quayside').activate();
  context.subscriptions.push(api.onDidChange(() => changes++));
  const server = createServer(async (incoming, outgoing) => {
    let text = '';
    for await (const chunk of incoming) text += chunk;
    const result = await answer(JSON.parse(text)).then(
      (value) => ({ ok: true, value }),
      (error) => ({ ok: false, message: error.message }),
    );
    outgoing.end(JSON.stringify(result));
  });
  rmSync(path, { force: true });
  server.listen(path);
  context.subscriptions.push({ dispose: () => server.close() });
};
