// Builds what browsers load into ../../wwwroot: one stylesheet per writing direction, one script, one sheet of icons, the
// fonts. Every file's name carries the hash of its content, so browsers may keep it for ever; assets.json maps the plain
// name to the hashed one. Text is compressed here, once, and not by the running node.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "..", "wwwroot");
const manifest = {};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

// Tabler and theme.css know light and dark. "auto" follows the desktop without a script: each dark rule again, for auto, in a media query.
const followDesktop = {
  name: "follow-desktop",
  setup(builder) {
    builder.onLoad({ filter: /(tabler(\.rtl)?\.min|theme)\.css$/ }, ({ path }) => ({
      loader: "css",
      contents: readFileSync(path, "utf8").replace(/([^{}]+)\{([^{}]*)\}/g, (rule, selectors, body) => {
        const dark = selectors.split(",").filter((s) => /^\s*\[data-bs-theme="?dark"?\]/.test(s));
        const auto = dark.map((s) => s.replace(/"?dark"?\]/, "auto]")).join(",");
        return dark.length === 0 ? rule : `${rule}@media (prefers-color-scheme:dark){${auto}{${body}}}`;
      }),
    }));
  },
};

function write(name, content) {
  const extension = extname(name);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const hashed = `${name.slice(0, -extension.length)}-${hash}${extension}`;
  writeFileSync(join(out, hashed), content);
  manifest[name] = hashed;
}

function sheetOfIcons() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean);
  const symbols = [...new Set(names)].sort().map((name) => {
    const svg = readFileSync(join(here, "node_modules/@tabler/icons/icons/outline", `${name}.svg`), "utf8");
    const drawing = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

const result = await build({
  absWorkingDir: here,
  entryPoints: { app: "app.css", "app.rtl": "app.rtl.css", script: "app.js" },
  outdir: out,
  bundle: true,
  minify: true,
  write: true,
  format: "esm",
  target: ["es2022", "chrome109", "firefox115", "safari16.4"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  legalComments: "none",
  metafile: true,
  plugins: [followDesktop],
  logLevel: "warning",
});

const outputs = Object.keys(result.metafile.outputs).map((path) => path.split("/").pop());
for (const [plain, pattern] of [
  ["app.css", /^app-[^.]*\.css$/],
  ["app.rtl.css", /^app\.rtl-[^.]*\.css$/],
  ["app.js", /^script-[^.]*\.js$/],
  ["latin.woff2", /^inter-latin-wght.*\.woff2$/],
  ["arabic.woff2", /^noto-sans-arabic-arabic-400.*\.woff2$/],
]) {
  manifest[plain] = outputs.find((name) => pattern.test(name));
}

write("icons.svg", sheetOfIcons());
write("logo.svg", readFileSync(join(here, "logo.svg")));

for (const name of readdirSync(out).filter((n) => /\.(css|js|svg)$/.test(n))) {
  const content = readFileSync(join(out, name));
  writeFileSync(join(out, `${name}.gz`), gzipSync(content, { level: 9 }));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(content, quality));
}

// Last: its time tells the .NET build that everything above is done.
writeFileSync(join(out, "assets.json"), JSON.stringify(manifest, null, 2));
