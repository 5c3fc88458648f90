// Builds static/dist: style, script and, where it is there, the editor. `node build.js [folder] [only these…]`; bin/assets calls it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "../static/dist"));
const only = process.argv.slice(3);
const entries = { app: "js/app.js", style: "css/app.css", editor: "editor/index.js", upload: "upload/index.js" };

const entryPoints = Object.entries(entries)
  .filter(([name]) => !only.length || only.includes(name))
  .map(([name, path]) => ({ out: name === "style" ? "app" : name, in: join(here, path) }))
  .filter((entry) => existsSync(entry.in));

const { metafile } = await build({
  absWorkingDir: here,
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
  metafile: true,
});

if (!only.length) writeLicences(Object.keys(metafile.inputs));

// What others wrote and we bundle asks that its licence goes with it.
function writeLicences(inputs) {
  const packages = inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean);
  const texts = [...new Set(packages)].sort().map((name) => `${name}\n\n${licenceOf(name)}`);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "licences.txt"), texts.join(`\n\n${"-".repeat(72)}\n\n`));
}

function licenceOf(name) {
  const folder = join(here, "node_modules", name);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  return file ? readFileSync(join(folder, file), "utf8").trim() : JSON.parse(readFileSync(join(folder, "package.json"))).license;
}
