// Builds static/dist: style, script and, where it is there, the editor. `node build.js [folder] [only these…]`; bin/assets calls it.
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "../static/dist"));
const only = process.argv.slice(3);
const entries = { app: "js/app.js", style: "css/app.css", editor: "editor/index.js" };

const entryPoints = Object.entries(entries)
  .filter(([name]) => !only.length || only.includes(name))
  .map(([name, path]) => ({ out: name === "style" ? "app" : name, in: join(here, path) }))
  .filter((entry) => existsSync(entry.in));

await build({
  entryPoints,
  outdir: target,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome100", "firefox102", "safari15.4"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
  legalComments: "none",
  logLevel: "warning",
  nodePaths: [join(here, "node_modules")],
});
