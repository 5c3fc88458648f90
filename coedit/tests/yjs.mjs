// Real Yjs peers for the tests: reads a command a line, answers a line. Run from frontend/, whose packages it uses.
import { createInterface } from 'node:readline'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(pathToFileURL(process.cwd() + '/package.json'))
const load = (name) => import(pathToFileURL(require.resolve(name)))
const { default: defaultY, ...namedY } = await load('yjs')
const Y = namedY.Doc ? namedY : defaultY
const docs = new Map()
const providers = new Map()

const root = (name) => docs.get(name).getXmlFragment('default')
const bytes = (text) => Uint8Array.from(Buffer.from(text, 'base64'))
const base64 = (data) => Buffer.from(data).toString('base64')

const words = (name, block) => root(name).get(block).get(0)

const commands = {
  open: ({ name }) => { docs.set(name, new Y.Doc()) },
  paragraph: ({ name, at, text }) => edit(name, () => {
    const node = new Y.XmlElement('paragraph')
    node.insert(0, [new Y.XmlText(text)])
    root(name).insert(Math.min(at, root(name).length), [node])
  }),
  type: ({ name, block, at, text }) => edit(name, () => {
    if (!root(name).length) return
    const target = words(name, block % root(name).length)
    target.insert(Math.min(at, target.length), text)
  }),
  bold: ({ name, block, at, length }) => edit(name, () => {
    if (!root(name).length) return
    const target = words(name, block % root(name).length)
    if (at + length <= target.length) target.format(at, length, { bold: {} })
  }),
  erase: ({ name, block, at, length }) => edit(name, () => {
    if (!root(name).length) return
    const target = words(name, block % root(name).length)
    if (at + length <= target.length) target.delete(at, length)
  }),
  remove: ({ name, block }) => edit(name, () => {
    if (root(name).length) root(name).delete(block % root(name).length, 1)
  }),
  apply: ({ name, update }) => { Y.applyUpdate(docs.get(name), bytes(update)) },
  difference: ({ name, state }) => base64(Y.encodeStateAsUpdate(docs.get(name), bytes(state))),
  state: ({ name }) => base64(Y.encodeStateVector(docs.get(name))),
  text: ({ name }) => root(name).toString(),
  connect: async ({ name, origin, text, cookie }) => {
    const { WebsocketProvider } = await load('y-websocket')
    class SignedIn extends WebSocket {
      constructor (url) { super(url, { headers: { cookie, origin } }) }
    }
    const options = { WebSocketPolyfill: SignedIn, disableBc: true }
    const provider = new WebsocketProvider(origin.replace('http', 'ws') + '/ws/texts', text + '/', docs.get(name), options)
    const seen = { provider, closes: [] }
    provider.on('connection-close', (event) => seen.closes.push(event?.code ?? 0))
    providers.set(name, seen)
  },
  status: ({ name }) => {
    const { provider, closes } = providers.get(name)
    return { synced: provider.synced, connected: provider.wsconnected, closes, people: provider.awareness.getStates().size }
  }
}

function edit (name, change) {
  const updates = []
  const keep = (update) => updates.push(base64(update))
  const doc = docs.get(name)
  doc.on('update', keep)
  doc.transact(change)
  doc.off('update', keep)
  return updates
}

for await (const line of createInterface({ input: process.stdin })) {
  const { run, ...options } = JSON.parse(line)
  console.log(JSON.stringify((await commands[run](options)) ?? null))
}
process.exit(0)
