// The packages of bench/, or of another folder that has Yjs (PACKAGES): then sockets are Node's own.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";

const folder = process.env.PACKAGES;
const require = createRequire(`${folder}/package.json`);

export const Y = require("yjs");
export const decoding = require("lib0/decoding");
export const encoding = require("lib0/encoding");
export const WebSocket = existsSync(`${folder}/node_modules/ws`) ? require("ws") : globalThis.WebSocket;
