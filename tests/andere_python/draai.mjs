// Runs a Python module in a CPython that was compiled to WebAssembly. It has no network, and sees only the folders given.
//
// node draai.mjs PACKAGE HASHSEED FOLDERS MODULE [ARGUMENT ...]
// PACKAGE: a dependency in package.json. FOLDERS: JSON, from the place inside to a folder on this machine; those named
// /path/... are where modules are looked for.

const [, , name, seed, folders, module, ...args] = process.argv;
const { loadPyodide } = await import(name);
const python = await loadPyodide({
  args: [module, ...args],
  env: { HOME: "/", PYTHONHASHSEED: seed, PYTHONDONTWRITEBYTECODE: "1" },
});
const paths = [];
for (const [inside, root] of Object.entries(JSON.parse(folders))) {
  python.FS.mkdirTree(inside);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, inside);
  const found = inside.match(/^\/path\/[^/]+/);
  if (found && !paths.includes(found[0])) paths.push(found[0]);
}
python.globals.set("told", python.toPy({ paths, argv: [module, ...args], module }));
python.runPython(`
import runpy, sys
sys.path += told["paths"]
sys.argv = told["argv"]
runpy.run_module(told["module"], run_name="__main__", alter_sys=True)
`);
